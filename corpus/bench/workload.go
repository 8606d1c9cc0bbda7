package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

type side uint8

const (
	client side = iota
	server
)

// workload is messages of one shape.
type workload struct {
	name     string
	side     side
	messages [][]byte
	bytes    []byte // all of them
}

// workloads makes all shapes from a fixed seed.
func workloads() []workload {
	r := rand.New(rand.NewPCG(3501, 9051))
	return []workload{
		shape("fetch-flags", server, 1000, func(i int) string {
			return fmt.Sprintf("* %d FETCH (UID %d FLAGS (%s) MODSEQ (%d))\r\n", i+1, i*7+1, pick(r, `\Seen`, `\Answered`, `\Flagged`, "$Forwarded", "NonJunk"), r.Uint32())
		}),
		shape("fetch-envelope", server, 300, func(i int) string {
			a := fmt.Sprintf("((\"Ann Example %d\" NIL \"ann%d\" \"mail.example.org\"))", i, i)
			return fmt.Sprintf("* %d FETCH (ENVELOPE (\"Wed, 15 Jul 2026 02:23:%02d -0700\" \"Minutes %d of the weekly working group meeting\" %s %s %s ((NIL NIL \"group\" \"example.com\")) NIL NIL NIL \"<%d@mail.example.org>\"))\r\n",
				i+1, i%60, i, a, a, a, r.Uint64())
		}),
		shape("bodystructure", server, 300, func(i int) string {
			return fmt.Sprintf("* %d FETCH (BODYSTRUCTURE (((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"QUOTED-PRINTABLE\" %d %d NIL NIL NIL NIL)(\"TEXT\" \"HTML\" (\"CHARSET\" \"utf-8\") NIL NIL \"QUOTED-PRINTABLE\" %d %d NIL NIL NIL NIL) \"ALTERNATIVE\" (\"BOUNDARY\" \"b%d\") NIL NIL NIL)(\"APPLICATION\" \"PDF\" (\"NAME\" \"minutes-%d.pdf\") NIL NIL \"BASE64\" %d NIL (\"ATTACHMENT\" (\"FILENAME\" \"minutes-%d.pdf\")) NIL NIL) \"MIXED\" (\"BOUNDARY\" \"c%d\") NIL NIL NIL))\r\n",
				i+1, r.IntN(9999), r.IntN(300), r.IntN(99999), r.IntN(900), r.Uint32(), i, r.IntN(999999), i, r.Uint32())
		}),
		shape("list", server, 1000, func(i int) string {
			return fmt.Sprintf("* LIST (%s) \"/\" \"Archive/%d/Project %d\"\r\n", pick(r, `\HasChildren`, `\HasNoChildren`, `\Subscribed`), 2000+i%26, i)
		}),
		shape("search", server, 4, func(int) string {
			var b strings.Builder
			b.WriteString("* SEARCH")
			for n := 0; n < 10_000; n++ {
				fmt.Fprintf(&b, " %d", n*7+r.IntN(7)+1)
			}
			return b.String() + "\r\n"
		}),
		shape("session mix with bodies", server, 200, func(i int) string {
			switch i % 4 {
			case 0:
				return fmt.Sprintf("* %d EXISTS\r\n", i+1)
			case 1:
				return fmt.Sprintf("* %d FETCH (UID %d FLAGS (\\Seen))\r\n", i+1, i*3+1)
			case 2:
				return "* OK [UIDNEXT 4392] Predicted next UID\r\n"
			}
			body := strings.Repeat("The quick brown fox jumps over the lazy dog.\r\n", 20+r.IntN(200))
			return fmt.Sprintf("* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n", i+1, i*3+1, len(body), body)
		}),
		shape("commands", client, 1000, func(i int) string {
			switch i % 6 {
			case 0:
				return fmt.Sprintf("a%d UID FETCH %d:%d (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (From To Subject Date)])\r\n", i, i+1, i+50)
			case 1:
				return fmt.Sprintf("a%d UID STORE %d +FLAGS.SILENT (\\Seen)\r\n", i, i+1)
			case 2:
				return fmt.Sprintf("a%d SELECT \"Archive/%d\"\r\n", i, i)
			case 3:
				return fmt.Sprintf("a%d UID SEARCH UNSEEN SINCE 1-Jul-2026 FROM \"ann%d\"\r\n", i, i)
			case 4:
				return fmt.Sprintf("a%d UID COPY %d,%d:%d Trash\r\n", i, i+1, i+3, i+9)
			}
			return fmt.Sprintf("a%d NOOP\r\n", i)
		}),
	}
}

func shape(name string, s side, n int, of func(i int) string) workload {
	w := workload{name: name, side: s}
	for i := range n {
		m := of(i)
		w.messages = append(w.messages, []byte(m))
		w.bytes = append(w.bytes, m...)
	}
	return w
}

// pick chooses some of the words, at least one.
func pick(r *rand.Rand, words ...string) string {
	r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return strings.Join(words[:1+r.IntN(len(words))], " ")
}
