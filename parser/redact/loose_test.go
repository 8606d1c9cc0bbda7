package redact

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is secret in lines that are no IMAP: settings of every kind of program, options of commands, URLs, prompts.
func TestSettings(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string
	}{
		{"", nil},
		{":", nil},
		{"password", nil},
		{"password: x1", []string{"x1"}},
		{"PassWord=x1", []string{"x1"}},
		{"xpwd=1 password=2", []string{"1", "2"}},
		{`{"password":"a b","pass":"c","accessToken":"ya29.abcd"}`, []string{"a b", "c", "ya29.abcd"}},
		{`{\"password\": \"x1\"}`, []string{"x1"}},
		{"auth: { user: 'u', pass: 'x1' }", []string{"x1"}},
		{"remotepass = x1", []string{"x1"}},
		{"'password' => 'x1',", []string{"x1"}},
		{`set imap_pass="x1"`, []string{"x1"}},
		{"IMAP_PASSWORD='x1' ./run", []string{"x1"}},
		{"Authorization: Bearer abcdefgh", []string{"abcdefgh"}},
		{"bearer abcdefgh", []string{"abcdefgh"}},
		{"client_secret=12345678 refresh_token=abcdefgh", []string{"12345678", "abcdefgh"}},
		{"curl -u user:x1 imaps://example.org", []string{"x1"}},
		{"curl --user 'user:x 1' imaps://example.org", []string{"x 1"}},
		{"curl --oauth2-bearer abcdefgh", []string{"abcdefgh"}},
		{"imaps://user:x1@example.org/", []string{"x1"}},
		{"imaps://user@example.org:993/", nil},
		{"Enter password for user: x1", []string{"x1"}},
		{"imapsync --user1 u --password1 x1", []string{"x1"}},
		{"密码：x1", []string{"x1"}},
		{"password: null", nil},
		{"the token: EOF", nil},
		{"tag -u and no more", nil},
	} {
		var got []string
		for line := (settings{line: []byte(c.line)}); ; {
			at := line.at
			s, ok := line.next()
			if !ok {
				break
			}
			require.Greater(t, s.to, at, c.line)
			got = append(got, c.line[s.from:s.to])
		}
		require.Equal(t, c.want, got, c.line)
	}
}
