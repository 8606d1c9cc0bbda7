module github.com/imapwire/imapwire/corpus/bench

go 1.26

replace github.com/imapwire/imapwire => ../..

require (
	github.com/ProtonMail/gluon v0.17.1-0.20230724134000-308be39be96e
	github.com/emersion/go-imap v1.2.1
	github.com/emersion/go-imap/v2 v2.0.0-beta.8
	github.com/imapwire/imapwire v0.0.0
)

require (
	github.com/bradenaw/juniper v0.12.0 // indirect
	github.com/emersion/go-message v0.18.2 // indirect
	github.com/emersion/go-sasl v0.0.0-20241020182733-b788ff22d5a6 // indirect
	golang.org/x/text v0.14.0 // indirect
)
