// Package encoder writes IMAP messages: the typed values of package imap become bytes.
//
// # Layers
//
// [AppendCommand] and [AppendResponse] append a whole message to a slice. [Buffer] does the same and knows the points where a client has to wait
// before it goes on ([Segment]). [Writer] sends messages over a connection, waits at these points, and streams literals from readers. The other Append
// functions write single elements: [AppendAString], [AppendMailbox], [AppendFlags], [AppendEnvelope]. The package imports no parser.
//
// # Which form a string gets
//
// Content, position and peer decide (RFC 9051 §4.3): an atom where the position and the characters allow one, a quoted string where it fits on a
// line, else a literal, or a literal8 for octets that include NUL where the position takes one. A search for UTF-8 says so in its CHARSET. [Options] has
// what the peer can do and a [Style].
//
// # Mailbox names
//
// A name is written in modified UTF-7 (RFC 3501 §5.1.3), or in UTF-8 with [Options].UTF8 (RFC 9755 §3, RFC 9051 §5.1), and converted if it is in the
// other one: an "&" that stands for itself becomes "&-" and back. A name or a pattern of LIST that was built, with FormAuto, must be valid in its
// encoding; a pattern's is UTF-8. One that was read, in whatever form, is not touched where the connection has the encoding that it was read in, so
// that a mailbox with an ill-formed name can be named to the server that has it; where it has to be converted it must be valid. That is the same
// with Verbatim, as octets in another encoding name another mailbox.
//
// # Strictness
//
// What is written is valid, or nothing is written: an [Error] names the field at fault. No content of any field can end a line, close a list or
// begin another message. A value that a lenient parser took from a broken message is written the right way, if it can be.
//
// # Lifetimes
//
// Nothing is kept of the values that are written. The slices that [Buffer.Segments] yields are valid until the next call of one of its methods.
//
// # Verbatim
//
// With [Options].Verbatim each string keeps the form in which it was read, and what values don't keep, such as the case of keywords, the order
// of options or leading zeros, is taken from the message's Source where it says the same. An unedited message comes out as it was read, as far
// as it was valid; of an edited one only what was edited changes.
//
// # To add an extension
//
// Write the appender next to its relatives (commands by area, responses by area), list it in command.go or response.go, and give the generators
// of the fuzz tests its type.
package encoder
