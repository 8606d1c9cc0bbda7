package transcript

// Why is a reason for a side, for messages[].sideWhy; String is its stable kebab id.
type Why uint8

const (
	ByNothing      Why = iota
	ByLabel            // the log labels the line
	ByLabelSwapped     // the log labels the line, and in the whole paste its labels mean the opposite
	ByUntagged         // only servers begin a line with "* "
	ByContinuation     // only servers begin a line with "+"
	ByCompletion       // a tag and OK, NO or BAD
	ByOutstanding      // the completion of a command that is outstanding
	ByCommand          // a tag and the name of a command
	ByAnswer           // a completion with the same tag follows
	BySASL             // a line of the AUTHENTICATE exchange under way
	ByDone             // DONE
	ByLiteral          // it stands inside a literal
	ByEntry            // it goes on in the log entry before it
	ByRule             // in this format lines without a mark are the server's
	ByOption           // the caller exchanged the sides
)

var whyIDs = [...]string{
	ByNothing: "nothing", ByLabel: "label", ByLabelSwapped: "label-swapped", ByUntagged: "untagged", ByContinuation: "continuation",
	ByCompletion: "completion", ByOutstanding: "outstanding", ByCommand: "command", ByAnswer: "answer", BySASL: "sasl", ByDone: "done",
	ByLiteral: "literal", ByEntry: "entry", ByRule: "unmarked", ByOption: "option",
}

// oneWhy is a list with one reason, for each of them. Whoever appends to one gets a copy.
var oneWhy = func() (lists [len(whyIDs)][]Why) {
	all := make([]Why, len(whyIDs))
	for w := range all {
		all[w] = Why(w)
		lists[w] = all[w : w+1 : w+1]
	}
	return lists
}()

// String is the id.
func (w Why) String() string {
	if int(w) < len(whyIDs) {
		return whyIDs[w]
	}
	return "unknown"
}
