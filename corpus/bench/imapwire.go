package main

import (
	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/syntax"
)

func ourResponses(w *workload) func() (int, error) { return responses(w, new(parser.Parser)) }

func ourResponsesWithTree(w *workload) func() (int, error) {
	return responses(w, &parser.Parser{Tree: new(syntax.Tree)})
}

func responses(w *workload, p *parser.Parser) func() (int, error) {
	return func() (n int, err error) {
		for _, m := range w.messages {
			if _, err = p.Response(m); err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
}

func ourCommands(w *workload) func() (int, error) { return commands(w, new(parser.Parser)) }

func ourCommandsWithTree(w *workload) func() (int, error) {
	return commands(w, &parser.Parser{Tree: new(syntax.Tree)})
}

func commands(w *workload, p *parser.Parser) func() (int, error) {
	return func() (n int, err error) {
		for _, m := range w.messages {
			if _, err = p.Command(m); err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
}
