package syntax

// Class is what a highlighter needs to know of a kind, so that it needs no table of hundreds of kinds.
type Class uint8

// The classes. Bytes of a structural node that no child covers are shown in the class of that node.
const (
	ClassGap     Class = iota // bytes skipped by recovery
	ClassPunct                // spaces, brackets, line ends, separators, and nodes that only group others
	ClassTag                  // the tag of a command or response
	ClassKeyword              // a protocol word
	ClassAtom                 // a word that the protocol leaves open
	ClassNumber               // numbers, sets of numbers, dates
	ClassString               // strings in any form
	ClassLiteral              // a literal, header and octets
	ClassFlag                 // flags, keywords, mailbox attributes
	ClassNil                  // NIL
	ClassText                 // human-readable text

	classCount
)

var classNames = [classCount]string{"gap", "punct", "tag", "keyword", "atom", "number", "string", "literal", "flag", "nil", "text"}

// String is the name of the class in lower case, "keyword"; "" for a value that is no class.
func (c Class) String() string {
	if c < classCount {
		return classNames[c]
	}
	return ""
}

// String is the ABNF name of the rule, "fetch-att"; "" for a value that is no kind.
func (k Kind) String() string {
	if k < kindCount {
		return kindTable[k].name
	}
	return ""
}

// RFC says where the rule is defined, "RFC 9051 §9"; "" for [KindError], which no RFC defines. Where several RFCs have the rule it
// is the newest. Vendor items name the vendor's extension.
func (k Kind) RFC() string {
	if k < kindCount {
		return kindTable[k].rfc
	}
	return ""
}

// Class says how bytes of the kind are highlighted.
func (k Kind) Class() Class {
	if k < kindCount {
		return kindTable[k].class
	}
	return ClassGap
}

// KindNamed finds a kind by its ABNF name, in lower case. It looks through the whole table: it is for tools and tests.
func KindNamed(name string) (k Kind, ok bool) {
	for i := range kindTable {
		if kindTable[i].name == name {
			return Kind(i), true
		}
	}
	return 0, false
}

// Kinds is how many kinds there are; they are the values below it.
const Kinds = int(kindCount)
