// Package parser reads the IMAP protocol: bytes of a connection into typed values and, when asked, a concrete syntax tree. It knows
// IMAP4rev1 (RFC 3501), IMAP4rev2 (RFC 9051), their extensions and what vendors added, in both directions.
//
// # Layers
//
//   - wire has what needs no grammar: character classes, tokens, dates, modified UTF-7, and the Framer that finds where messages end.
//   - syntax has the tree: nodes with a kind, flags and a span.
//   - imap has the values: Command, Response and all that they hold.
//   - parser is the grammar. Parser reads one whole message; Reader reads a connection, message by message, with literals as streams.
//
// The grammar is a recursive-descent parser written by hand: one method per ABNF rule, named after it, under a comment with the rule and its
// RFC. A rule fills its value and, if Parser.Tree is set, adds its nodes. Names that no RFC knows are read by the RFCs' own generic syntax
// into Unknown values, and are listed in Parser.Notes.
//
// # Lifetimes
//
// What a Parser returns points into its input and into storage that it uses again: it is good until the next call of Command or Response.
// Clone of a value owns its memory. ParseCommand and ParseResponse return owned values. With a Parser that is used again, the common
// messages are read without an allocation.
//
// # Strictness
//
// The zero Options are strict: what the ABNF of the RFCs allows, all revisions and extensions together, and no more. Each deviation that is
// seen in the wild has a Quirk, off by default; Lenient has them all, and QuirksFor those of one product. What a quirk forgave is in
// Parser.Notes. A quirk never changes what the strict grammar makes of a message.
//
// With any quirk on, a fault in one element of a list (a FETCH item, an address, a body part) costs that element only: the bytes become an
// Error node, its neighbours are read, and the error comes with the values. Without, values read before the fault come with it.
//
// An error stands at the first byte that cannot continue any valid message. errors.Is(err, ErrTruncated) says that more bytes could help.
//
// # Limits
//
// Options.Limits bounds the length of lines, literals and messages (by the Framer and the Reader), the depth of parentheses and the number of
// elements (by the grammar). Each has an error code. Nested lists are read without recursion, and no number that was read from the wire
// decides how much is allocated.
//
// # Security
//
// No input makes the parser panic, loop, or take more time than in proportion to its length; fuzz targets hold it to that. Values are what
// the other side sent, not what is true: a name may look like another one, a set may span four billion numbers (its methods take a bound).
// After STARTTLS, Reader.Buffered must be empty, or somebody has put words into the server's mouth. Nodes of passwords and SASL lines have
// syntax.FlagSecret; package redact makes whole transcripts safe.
//
// # To add an extension
//
//  1. Name it: constants and lookups in imap (CapX, CmdX, RespX, CodeX, AttX), and its data in a struct that has the data or args method.
//  2. Add its kinds to syntax (kinds.go and table.go), named after its rules.
//  3. Write a method per rule, the ABNF and the RFC above it, and call it from the switch on the name: untagged (response.go), codeArgs
//     (code.go), otherItem (resp_fetch_ext.go), statusAttVal (resp_statusdata.go), searchReturnData (esearch.go), or arguments (command.go).
//     Rules return whether they matched; they report a fault with fail and what could have stood there. dataKind, codeKind and msgAttKind
//     name the node of a response, a code and an item.
//  4. Add a storage slab if it has lists, a row in the encoder, words in explain, and vectors in corpus: valid, invalid, truncated.
//  5. Run go test ./... and the fuzz targets: go test -fuzz=FuzzResponse ./parser.
package parser
