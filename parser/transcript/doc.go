// Package transcript turns pasted text into IMAP messages: who sent each, on which connection, its exact wire bytes, and where every byte stands in the paste.
//
// # Layers
//
//	container.go   gzip, UTF-16, captures and dumps of octets become text
//	lines.go       text becomes lines; wrapper.go takes off what stands around each of them
//	format_*.go    a dialect says what a line is: whose, on which connection, where the payload is and how it is written
//	prefix.go      what the prefixes of an unknown log look like is learnt
//	escape.go      payloads become bytes, with a map: seg.go, rewrite.go
//	scanner.go     bytes become atoms, one per protocol line
//	mend.go        what copies and word processors did to the words is undone
//	infer.go       lines without a label find their side
//	assemble.go    atoms become messages
//	gather.go      a message is put together from its first line on
//	literal.go     the octets of its literals are found, although line ends, blanks and lines got lost: candidates.go, ending.go
//
// # Lifetimes
//
// A message belongs to the caller. Its Wire aliases the text wherever the paste holds the bytes as they were.
//
// # Security
//
// No input makes it panic or loop; time is linear in the input, and no number read from it sizes an allocation.
//
// # To add a format
//
// Write format_<family>.go with a dialect and a reader, and list it in dialects, before the generic ones. The reader is shown one line at a time, without
// line end and outer wrapper, and fills an entry; what it leaves alone isn't its own. Rules that keep readers small:
//
//   - Recognise strictly: a line that only might be yours is not. Detection runs the reader over the sample and counts in how many of the lines in which IMAP
//     can be seen it found that IMAP; set entry.sign on lines that no other program writes.
//   - The payload is line[from:to]. Say how it is written (esc) and leave unescaping to the package. A payload may hold several protocol lines with their line
//     ends, or break off in the middle of one (cut): a moreLine goes on there, and in a chunked dialect the side's next wireLine does.
//   - What the reader must decode itself (base64, hex, dumps) goes into data, with runs if single bytes can be told apart.
//   - label is what the log says, byClient or byServer, true or not: the whole paste decides whether labels are exchanged (dialect.trust).
//   - Two entries in one line: set next to where the second begins, counted from the start of the slice that read was given.
//   - State between lines (a header that announces a block) lives in the reader; clone copies it.
//   - Literals need nothing: say in the dialect whether octets are printed faithfully, never (elides), and what unmarked lines are (bare); return gapLine for
//     a placeholder that stands in place of octets, noiseLine for chatter that must not be taken for octets.
//   - A corpus case: corpus/transcripts/<id>/y_<topic>_001.txt, and a damaged one.
package transcript
