module github.com/imapwire/imapwire

go 1.26

require (
	github.com/stretchr/testify v1.12.1
	github.com/syumai/workers v0.31.0
)

tool github.com/syumai/workers/cmd/workers-assets-gen
