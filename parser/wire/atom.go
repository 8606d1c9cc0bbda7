package wire

// A token that ends by its class of characters never fails: n is how many bytes at the start of b are in the class, 0 if none, and
// where n is len(b) more bytes might lengthen it. Appending such a token is append, once IsAtom or its like said that it is one.

// ConsumeAtom reads an atom: 1*ATOM-CHAR (RFC 9051 §9).
func ConsumeAtom(b []byte) (n int) { return span(b, AtomChar) }

// ConsumeAstringAtom reads the unquoted form of an astring: 1*ASTRING-CHAR (RFC 9051 §9).
func ConsumeAstringAtom(b []byte) (n int) { return span(b, AstringChar) }

// ConsumeListMailbox reads the unquoted form of a list-mailbox: 1*list-char (RFC 9051 §9).
func ConsumeListMailbox(b []byte) (n int) { return span(b, ListChar) }

// ConsumeTag reads a tag: 1*<any ASTRING-CHAR except "+"> (RFC 9051 §9).
func ConsumeTag(b []byte) (n int) { return span(b, TagChar) }

// ConsumeLabel reads a tagged-ext-label (RFC 4466 §3).
func ConsumeLabel(b []byte) (n int) {
	if len(b) == 0 || Class[b[0]]&LabelStart == 0 {
		return 0
	}
	return span(b, LabelChar)
}

// ConsumeText reads text: up to CR, LF, NUL or the end; with utf8 also well-formed UTF-8, ill-formed sequences ending the text
// (RFC 9051 §9 text; RFC 5255 §3.5 utf8-text-char).
func ConsumeText(b []byte, utf8 bool) (n int) {
	for {
		n += plainText(b[n:])
		if n == len(b) {
			return n
		}
		switch c := b[n]; {
		case Class[c]&TextChar != 0:
			n++
		case utf8 && c >= 0x80:
			m := utf8Len(b[n:])
			if m <= 0 {
				return n
			}
			n += m
		default:
			return n
		}
	}
}

// ConsumeCodeText reads the argument of an unknown response code: 1*<any TEXT-CHAR except "]"> (RFC 9051 §9 resp-text-code).
func ConsumeCodeText(b []byte) (n int) { return span(b, CodeChar) }

// IsAtom reports whether all of s is an atom.
func IsAtom[T []byte | string](s T) bool { return is(s, AtomChar) }

// IsAstringAtom reports whether all of s may stand unquoted as an astring. That "NIL" may is for the caller to mind: readers that
// take it for nil exist.
func IsAstringAtom[T []byte | string](s T) bool { return is(s, AstringChar) }

// IsListMailbox reports whether all of s may stand unquoted as a LIST pattern.
func IsListMailbox[T []byte | string](s T) bool { return is(s, ListChar) }

// IsTag reports whether all of s is a tag.
func IsTag[T []byte | string](s T) bool { return is(s, TagChar) }

// IsObjectID reports whether all of s is an objectid: 1*255(ALPHA / DIGIT / "_" / "-") (RFC 8474 §7).
func IsObjectID[T []byte | string](s T) bool { return len(s) <= 255 && is(s, ObjectIDChar) }

// IsFilterName reports whether all of s is a filter-name: 1*<any ATOM-CHAR except "/"> (RFC 5466 §4).
func IsFilterName[T []byte | string](s T) bool { return is(s, FilterChar) }

func is[T []byte | string](s T, class uint16) bool {
	for i := range len(s) {
		if Class[s[i]]&class == 0 {
			return false
		}
	}
	return len(s) > 0
}
