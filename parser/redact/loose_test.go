package redact

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// One pass finds what looking for each setting in turn would find.
func TestFindSetting(t *testing.T) {
	for _, line := range []string{
		"", ":", "password", "password: x", "PassWord=x", "xpwd=1 password=2", `{"password":"x"}`, `{"accessToken":1, "password":2}`, "AUTH=bearer x", "auth=Beare",
		"Authorization: Bearer abc", "bearer abc", "Bearer", "cookie: a; password=b", "pass=1 pass=2", "passwd:x", "client_secret=1 refresh_token=2", "sass: pass =", "=pass=",
	} {
		i, at := findSetting([]byte(line))
		want, place := -1, 0
		for k := range settings {
			if j := containsFold([]byte(line), settings[k].name); j >= 0 {
				want, place = k, j
				break
			}
		}
		require.Equal(t, want, i, line)
		if want >= 0 {
			require.Equal(t, place, at, line)
		}
	}
}
