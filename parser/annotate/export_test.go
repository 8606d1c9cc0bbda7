package annotate

// MarkEvery sets how many messages lie between checkpoints, until the function that it returns is called: small documents have none otherwise.
func MarkEvery(n int) (back func()) {
	old := markEvery
	markEvery = n
	return func() { markEvery = old }
}
