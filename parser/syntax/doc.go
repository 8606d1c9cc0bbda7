// Package syntax is the concrete syntax tree of one IMAP message: which bytes are which rule of the grammar.
//
// # Shape
//
// A [Tree] is one slice of [Node], in preorder. The root is node 0, the subtree of node i is Nodes[i:Nodes[i].Next], so a walk is a
// loop and skipping a subtree is one assignment. Children lie inside their parent, in order, and don't overlap; bytes of a node
// that no child covers belong to the node itself. [Tree.Tokens] gives leaves and such gaps as one sequence that tiles the message.
//
// # Lifetimes
//
// A tree holds offsets, never bytes. A parser that is given a tree resets it with each message and fills it again; nothing is
// allocated once it has grown to the size of the messages. The iterators read the tree in place: don't build while one runs.
//
// # Limits
//
// [Tree.SetLimit] bounds the nodes. A tree that would grow beyond it takes no more and says so by [Tree.Full]; what it holds then is
// still well formed. Nothing here recurses, so the depth of a message costs no stack.
//
// # To add an extension
//
// Append a constant to the group that fits in kinds.go and the row with its ABNF name, RFC section and class to the same group in
// table.go. The tests refuse a constant without a row, a name that is taken, and a constant that isn't its row's name in CamelCase.
package syntax
