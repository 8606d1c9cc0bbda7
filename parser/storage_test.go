package parser

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
)

// What a message took from the slabs is there again for the next one, whatever it was: else a connection that lives for weeks would take more
// memory with each message.
func TestStorageIsTakenBack(t *testing.T) {
	var p Parser
	for v := range corpus.Tests() {
		p.Quirks, p.UTF8, p.UIDOnly = Lenient, v.Has("utf8"), v.Has("uidonly")
		if v.Side == "server" {
			p.Response(v.Bytes())
			p.store.resetResponse()
		} else {
			p.Command(v.Bytes())
			p.store.resetCommand()
		}
		requireEmpty(t, reflect.ValueOf(p.store), v.ID)
	}
}

// requireEmpty looks for slabs in the fields of v and requires that nothing of them is in use.
func requireEmpty(t *testing.T, v reflect.Value, id string) {
	for k := range v.NumField() {
		f := v.Field(k)
		if f.Kind() != reflect.Struct {
			continue
		}
		if used := f.FieldByName("used"); used.IsValid() && used.Kind() == reflect.Int {
			require.Zero(t, used.Int(), "%s: %s", id, v.Type().Field(k).Name)
		} else if name := v.Type().Field(k).Name; name == "responses" || name == "commands" {
			requireEmpty(t, f, id)
		}
	}
}
