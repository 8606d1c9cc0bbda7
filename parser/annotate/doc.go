// Package annotate runs the whole chain over a pasted text: transcript, grammar, session, diagnosis, redaction. What comes out is a
// Document: every message with its side, its place, its state, what it answers, and what is wrong with it.
//
// # Layers
//
// transcript cuts the text into messages and repairs what a log did to them; parser reads each leniently, told by Repairs where the paste
// lost or gained octets; a session.Tracker per connection pairs commands with answers; a diagnose.Doctor per connection finds what is wrong;
// a redact.Finder per connection marks what is secret. This package only feeds them in the right order and keeps the results; it is the
// only one that knows them all.
//
// # Lifetimes
//
// A Document keeps the text that it was made from and must not outlive changes to it. Messages keep wire bytes and source maps, not trees
// and not values: [Document.Tree] and [Document.Parse] read a message again when they are asked, which takes microseconds, so that a
// Document of a large paste stays small. What [Messages] yields is valid for one step.
//
// # Positions
//
// Two coordinates occur. A wire.Span in a message counts octets of its reconstructed wire bytes. Start and End count octets of
// [Document.Text]. [Message.Place] leads from the first to the second through the message's runs.
package annotate
