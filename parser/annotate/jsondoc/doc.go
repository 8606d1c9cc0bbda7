// Package jsondoc is the JSON form of a Document: what the command line, the HTTP API and the page's export give. It is a contract: fields
// may be added, never renamed, removed or given another meaning.
package jsondoc
