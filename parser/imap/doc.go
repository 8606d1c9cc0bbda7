// Package imap holds IMAP messages as typed values: what package parser returns and package encoder writes.
//
// # Layers
//
// The package knows the bytes of single tokens (through package wire) but no grammar: a [Command] is not checked when it is built, it is
// checked when it is encoded. Nothing here reads from or writes to a connection.
//
// # Names
//
// Each closed list of protocol words is an enumeration whose member 0 is Unknown: [CommandName], [ResponseName], [CodeName], [AttName],
// [SearchOp], [StatusAtt], [KnownFlag], [Cap]. Every one has a String with the wire spelling and a Lookup function that neither allocates nor
// needs a table in memory. A value whose name is Unknown carries the word itself.
//
// # NIL, empty and absent
//
// The zero [String] is NIL. A nil list is NIL or absent, an empty one that is not nil is "()". Numbers that may be zero and may be absent have
// a Has field beside them.
//
// # Lifetimes
//
// What the parser returns aliases the parser's input and its storage, until the parser's next message. Clone gives a copy that owns its
// memory, of anything. [CapSet], [FlagSet], dates, numbers and Go strings own theirs already.
//
// # Security
//
// Values from a peer may be as deep and as wide as the parser's limits allow. Equal and Clone don't recurse, walks over number sets are bounded
// by the caller's maximum, and nothing is ever sized by a number that was read.
//
// # To add an extension
//
// Add its words to the enumerations in the names files (constant, spelling and lookup stand next to each other, a test compares them), give a
// new command or response its Args or Data type with own and equal methods, and list both in clone.go and equal.go. The grammar in package
// parser and the appender in package encoder follow.
package imap
