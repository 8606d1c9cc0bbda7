//go:build wasip1

// Command wasm is the engine as a WebAssembly reactor: build it with
//
//	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -trimpath -ldflags="-s -w" -o dist/imapwire.wasm ./wasm
//
// It only passes calls on to package api. A call puts its octets where buffer says, calls, and reads its answer where result says; what a
// call returns is the answer's length, or -1 minus the length of a message that says what was wrong. src/instance.ts is the other side.
package main

import (
	"unsafe"

	"github.com/imapwire/imapwire/wasm/api"
)

func main() {}

var (
	engine api.Engine
	input  []byte // what the next call reads
	output []byte // what the last call answered: kept here so that it stays alive
	format string // for the next open
)

//go:wasmexport buffer
func buffer(n uint32) uint32 {
	if uint32(cap(input)) < n || input == nil {
		input = make([]byte, n, max(n, 64))
	}
	input = input[:n]
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(input))))
}

//go:wasmexport result
func result() uint32 { return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(output)))) }

// answer runs a call. A fault inside is an answer too: the page says so, and the text is safe.
func answer(call func() ([]byte, error)) (n int32) {
	defer func() {
		if fault := recover(); fault != nil {
			n = refuse("the engine failed on this text")
		}
	}()
	b, err := call()
	if err != nil {
		return refuse(err.Error())
	}
	output = b
	collect()
	return int32(len(b))
}

func refuse(message string) int32 {
	output = []byte(message)
	return -1 - int32(len(output))
}

// about runs a call about a document.
func about(doc int32, call func(d *api.Document) ([]byte, error)) int32 {
	return answer(func() ([]byte, error) {
		d, err := engine.Document(int(doc))
		if err != nil {
			return nil, err
		}
		return call(d)
	})
}

// taken is the call's input, which the callee keeps.
func taken(n uint32) []byte {
	b := input[:min(n, uint32(len(input)))]
	input = nil
	return b
}

//go:wasmexport version
func version() int32 { return answer(func() ([]byte, error) { return []byte(api.Version), nil }) }

//go:wasmexport words
func words(lang int32, n uint32) int32 {
	return answer(func() ([]byte, error) { return nil, engine.SetWords(int(lang), taken(n)) })
}

//go:wasmexport formats
func formats() int32 { return answer(func() ([]byte, error) { return api.Formats(), nil }) }

//go:wasmexport kinds
func kinds() int32 { return answer(func() ([]byte, error) { return api.Kinds(), nil }) }

//go:wasmexport format
func setFormat(n uint32) int32 {
	return answer(func() ([]byte, error) { format = string(input[:n]); return nil, nil })
}

//go:wasmexport open
func open(n uint32, flags, lang int32) int32 {
	var number int
	expect(n)
	if refused := answer(func() (_ []byte, err error) {
		number, err = engine.Open(taken(n), format, int(flags), int(lang))
		return nil, err
	}); refused < 0 {
		return refused
	}
	return int32(number)
}

//go:wasmexport close
func closeDocument(doc int32) int32 {
	return answer(func() ([]byte, error) { return nil, engine.Close(int(doc)) })
}

//go:wasmexport lang
func lang(doc, lang int32) int32 {
	return answer(func() ([]byte, error) { return nil, engine.SetLang(int(doc), int(lang)) })
}

//go:wasmexport step
func step(doc, octets int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Step(int(octets)), nil })
}

//go:wasmexport text
func text(doc int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Text, nil })
}

//go:wasmexport overview
func overview(doc int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Overview(), nil })
}

//go:wasmexport tables
func tables(doc int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Tables(), nil })
}

//go:wasmexport tokens
func tokens(doc, from, to int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Tokens(int(from), int(uint32(to))), nil })
}

//go:wasmexport explain
func explain(doc, position int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.ExplainPosition(int(position)), nil })
}

//go:wasmexport explain_node
func explainNode(doc, message, node int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.ExplainNode(int(message), int(node)) })
}

//go:wasmexport explain_wire
func explainWire(doc, message, offset int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.ExplainWire(int(message), int(offset)) })
}

//go:wasmexport tree
func tree(doc, message int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.TreeColumns(int(message)) })
}

//go:wasmexport wire
func wire(doc, message int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Wire(int(message)) })
}

//go:wasmexport inlays
func inlays(doc, from, to int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Inlays(int(from), int(uint32(to))), nil })
}

//go:wasmexport literal
func literal(doc, index int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Literal(int(index)) })
}

//go:wasmexport summaries
func summaries(doc, from, to int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Summaries(int(from), int(uint32(to))), nil })
}

//go:wasmexport parse_error
func parseError(doc, message int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.ParseError(int(message)) })
}

//go:wasmexport diagnostics
func diagnostics(doc, from, to int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Findings(int(from), int(uint32(to))), nil })
}

//go:wasmexport minimal
func minimal(doc, index int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Minimal(int(index)) })
}

//go:wasmexport history
func history(doc, connection int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.History(int(connection)), nil })
}

//go:wasmexport edit
func edit(doc, start, end int32, n uint32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Edit(int(start), int(end), input[:n]) })
}

//go:wasmexport redact
func redact(doc, flags, from, to int32, n uint32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) {
		return d.Redact(int(flags), int(from), int(uint32(to)), input[:n])
	})
}

//go:wasmexport encode
func encode(doc, message, literals, flags int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.Encode(int(message), int(literals), int(flags)) })
}

//go:wasmexport json
func json(doc, part int32) int32 {
	return about(doc, func(d *api.Document) ([]byte, error) { return d.JSON(int(part)), nil })
}
