// Package wire is the lexical layer of IMAP: characters, tokens, dates, mailbox names, and where messages end. It knows no commands and
// keeps no state but the [Framer]'s.
//
// # Tokens
//
// Every token has a Consume function that reads it at the start of a slice and, where writing it is more than copying, an Append
// function. Consume returns a length n: positive is the token's length, 0 means that the bytes begin something else, and a negative
// number says, by way of [FaultOf], what is wrong and how many bytes into the token. [IsTruncated] tells a token that the end of the
// bytes cuts short from one that no further byte can mend. Tokens that end by their class of characters (atoms, numbers, texts)
// can't know whether more would follow; n is len(b) then.
//
// # Strictness
//
// The functions read what RFC 9051 §9, RFC 3501 §9 and the extensions' grammars say, no more. Where practice needs more there is a second
// function that says what it found: [ConsumeQuotedAny], [ScanDateTime], [ScanDateText].
//
// # Lifetimes
//
// Slices that are returned alias the argument. Nothing is kept between calls, and nothing allocates but errors and slices that grow.
//
// # Limits
//
// No number that is read sizes an allocation. [Limits] bound what a message may cost; the Framer keeps the three that concern octets.
//
// # To add an extension
//
// A new token gets a class bit in chars.go if it is made of a class of its own, a Consume and an Append function in the file of its
// topic, rows in that file's test, and a slow reference in the fuzz target FuzzScanners if it has a fast path.
package wire
