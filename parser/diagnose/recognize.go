package diagnose

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// recognizeHost looks for the product in the server's name. A port may stand behind it; 993 means TLS from the first byte on.
func (d *Doctor) recognizeHost(host string) {
	d.traits |= sawHost
	port := len(host)
	for port > 0 && isDigit(host[port-1]) {
		port--
	}
	if port > 0 && port < len(host) && host[port-1] == ':' {
		if host[port:] == "993" {
			d.traits |= overTLS
		}
		host = host[:port-1]
	}
	for _, k := range hostClues {
		if hasSuffixFold(host, k.text) {
			d.believe(&d.server, k, "host")
		}
	}
}

// recognizeServer looks for the product in what the server says about itself.
func (d *Doctor) recognizeServer(c *Case) {
	r := c.Event.Response
	switch {
	case !d.first && r.Name == imap.RespState && r.Kind == imap.Untagged:
		d.search(&d.server, greetingClues, r.Text, "greeting")
	case r.Name == imap.RespID:
		if id, ok := r.Data.(*imap.ID); ok {
			for i := range id.Pairs {
				d.search(&d.server, serverIDClues, id.Pairs[i].Value.Raw, "ID")
			}
		}
	case r.Kind == imap.Tagged || r.Status == imap.BYE:
		d.search(&d.server, textClues, r.Text, "text")
	}
	if l := capabilitiesOf(r); l != nil {
		// iCloud is a Sun server with Apple's extension; others have one or the other.
		if l.Set.Has(imap.CapXApplePushService) && (l.Set.Has(imap.CapXSunIMAP) || l.Set.Has(imap.CapXSunSort)) {
			d.believe(&d.server, clue{who: icloud, confidence: 0.95}, "capability")
		}
		for i := range l.List {
			for _, k := range capabilityClues {
				if w := l.List[i].Name; k.confidence > d.server.confidence && len(w) >= len(k.text) && wire.EqualFold(w[:len(k.text)], k.text) {
					d.believe(&d.server, k, "capability")
				}
			}
		}
	}
}

// capabilitiesOf is the list that a response carries, be it a code or data.
func capabilitiesOf(r *imap.Response) *imap.Capabilities {
	if r.Code.Is(imap.CodeCapability) {
		return r.Code.Caps
	}
	if l, ok := r.Data.(*imap.Capabilities); ok && r.Name == imap.RespCapability {
		return l
	}
	return nil
}

// recognizeClient looks for the product in ID, tags and manners.
func (d *Doctor) recognizeClient(c *Case) {
	cmd := c.Event.Command
	if a, ok := cmd.Args.(*imap.IDArgs); ok {
		for i := range a.Pairs {
			if k := a.Pairs[i].Key; k.Is("name") || k.Is("vendor") || k.Is("client") {
				d.search(&d.client, clientIDClues, a.Pairs[i].Value.Raw, "client-id")
			}
		}
	}
	if d.client.confidence < 0.7 {
		if who, confidence := tagHabit(cmd.Tag); who != noProduct {
			d.believe(&d.client, clue{who: who, confidence: confidence}, "tags")
		}
	}
	if c.Message != nil && d.client.confidence < 0.85 && mozillaManner(c.Message.Wire, len(cmd.Tag)) {
		d.believe(&d.client, clue{who: thunderbird, confidence: 0.85}, "commands")
	}
}

// mozillaManner knows the case in which Thunderbird writes its commands: "UID fetch", "uid store", "select".
func mozillaManner(line []byte, tag int) bool {
	if tag+1 > len(line) {
		return false
	}
	line = line[tag+1:]
	for _, s := range [...]string{"UID fetch ", "uid store ", `select "`, "noop\r\n", "authenticate "} {
		if bytes.HasPrefix(line, []byte(s)) {
			return true
		}
	}
	return false
}

// tagHabit knows how libraries number their commands.
func tagHabit(tag []byte) (product, float32) {
	letters := 0
	for letters < len(tag) && isLetter(tag[letters]) {
		letters++
	}
	digits := letters
	for digits < len(tag) && isDigit(tag[digits]) {
		digits++
	}
	word, n := string(tag[:min(letters, 8)]), digits-letters
	if digits < len(tag) { // Apple: 12.34
		if letters > 0 || n == 0 || tag[digits] != '.' {
			return noProduct, 0
		}
		for _, c := range tag[digits+1:] {
			if !isDigit(c) {
				return noProduct, 0
			}
		}
		if digits+1 == len(tag) {
			return noProduct, 0
		}
		if tag[0] >= '4' {
			return iosMail, 0.5
		}
		return appleMail, 0.55
	}
	switch {
	case n == 0:
		return noProduct, 0
	case word == "RUBY" && n == 4:
		return rubyNetIMAP, 0.95
	case letters == 4 && upper(word):
		return imaplib, 0.6
	case letters == 1 && isUpper(word[0]) && n == 8:
		return mailkit, 0.7
	case letters == 1 && isUpper(word[0]) && n == 6:
		return kmail, 0.5
	case letters == 1 && isUpper(word[0]) && n == 5:
		return evolution, 0.6
	case word == "a" && n == 4:
		return mutt, 0.7
	case word == "A" && n == 4:
		return fetchmail, 0.5
	case word == "W":
		return emailjs, 0.5
	case word == "T" && tag[1] != '0':
		return goIMAP, 0.4
	case word == "A" && n <= 3 && (n == 1 || tag[1] != '0'):
		return javamail, 0.4
	case letters == 1 && isUpper(word[0]) && n == 3:
		return curl, 0.45
	case letters == 0 && n == 8:
		return alpine, 0.6
	case letters == 0 && n == 6 && tag[0] == '0':
		return interimap, 0.45
	case letters == 0 && n == 4 && tag[0] == '1' && tag[1] == '0':
		return imapfilter, 0.4
	}
	return noProduct, 0
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isUpper(c byte) bool  { return 'A' <= c && c <= 'Z' }
func isLetter(c byte) bool { return isUpper(c &^ 0x20) }

func upper(s string) bool {
	for i := range len(s) {
		if !isUpper(s[i]) {
			return false
		}
	}
	return true
}
