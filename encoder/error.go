package encoder

import (
	"errors"
	"strconv"
)

// Error says which field of a message can't be written, and why. Nothing was written.
type Error struct {
	Path string // "Tag", "Args.Mailbox", "Args.Messages[1].Data"; empty for the message as a whole
	Err  error  // one of the Err variables, or an error of package wire
}

// Error returns path and reason.
func (e *Error) Error() string {
	if e.Path == "" {
		return "encoder: " + e.Err.Error()
	}
	return "encoder: " + e.Path + ": " + e.Err.Error()
}

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// The reasons why a value can't be written.
var (
	ErrTag       = errors.New("not a tag")
	ErrAtom      = errors.New("not an atom")
	ErrNIL       = errors.New("NIL is not possible here")
	ErrNUL       = errors.New("NUL is not possible here")
	ErrLineBreak = errors.New("a line can't hold CR, LF or NUL")
	ErrText      = errors.New("not valid as text")
	ErrUTF8      = errors.New("not valid UTF-8, or UTF-8 is not enabled")
	ErrUTF7      = errors.New("not valid modified UTF-7")
	ErrFlag      = errors.New("not a flag")
	ErrNumber    = errors.New("number out of range")
	ErrSet       = errors.New("not a set of numbers")
	ErrDate      = errors.New("not a date")
	ErrEmpty     = errors.New("must not be empty")
	ErrSection   = errors.New("not a section")
	ErrBase64    = errors.New("not base64")
	ErrType      = errors.New("wrong type for this name")
	ErrName      = errors.New("unknown name")
	ErrField     = errors.New("this field has no place here")
	ErrDepth     = errors.New("nested too deep")
	ErrStream    = errors.New("a detached literal needs a Writer and a reader")
	ErrSize      = errors.New("a reader gave another number of octets than was announced")
	ErrLarge     = errors.New("too large")
)

// step is one element of the path to the field that is being written.
type step struct {
	name  string
	index int // -1: no element of a list
}

// trace is the way to the field that is being written.
type trace struct {
	now   step
	path  [maxSteps]step // the fields that it lies in
	depth int
}

// maxSteps is more than any value has levels that count in a path; what lies deeper is named by its last field.
const maxSteps = 16

func (t *trace) down() {
	if t.depth < maxSteps {
		t.path[t.depth] = t.now
	}
	t.depth++
	t.now = step{index: -1}
}

func (t *trace) up() {
	if t.depth--; t.depth < maxSteps {
		t.now = t.path[t.depth]
	}
}

// error puts the path together.
func (t *trace) error(err error) *Error {
	var b []byte
	for i := range min(t.depth, maxSteps) + 1 {
		s := &t.now
		if i < min(t.depth, maxSteps) {
			s = &t.path[i]
		}
		if s.name == "" {
			continue
		}
		if len(b) > 0 {
			b = append(b, '.')
		}
		b = append(b, s.name...)
		if s.index >= 0 {
			b = append(b, '[')
			b = strconv.AppendInt(b, int64(s.index), 10)
			b = append(b, ']')
		}
	}
	return &Error{Path: string(b), Err: err}
}
