// Package diagnose finds what is wrong, odd or could be better in a session, and whose doing it is.
//
// # Layers
//
// A Doctor watches one connection: for each message it is shown the transcript's view, the parsed value, what the grammar forgave and what the session
// made of it, and it answers with findings. It keeps a bounded memory of the connection, so logs of any length can be examined as they stream by.
//
// Rules are small functions in three families. Protocol rules compare with the RFCs. Product rules know deviations of named products; which product
// speaks is concluded from greeting, ID, capabilities and habits (products.go). Practice rules see what is legal but slow, unsafe or fragile.
//
// # Severities
//
// A breach of the protocol is an Error, or a Quirk if the evidence names a product that is known for it. What is legal by grammar but violates the
// meaning or does harm is a Warning (again a Quirk if the product is known for it), what could be better a Hint. Nothing that the ABNF allows is an
// Error or a Quirk for its syntax. Whatever the grammar refused or forgave is a finding with the grammar's own id.
//
// # To add a rule
//
// Append its id to the list in rules.go with class, family and products, write the function beside its relatives, name it in the list of its kind of
// event in doctor.go, and add its words (explain/words/*/diagnostics.txt) and a test case with a near miss.
// Another wording of a reason for which servers refuse or close is a row in reasons.go.
package diagnose
