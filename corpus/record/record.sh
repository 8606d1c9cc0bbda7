#!/usr/bin/env bash
# Records what clients print of real sessions: starts a Dovecot on loopback with a made-up account and a few composed messages, lets each client that is
# installed work with it, and writes each client's log with what really went over the wire beside it.
#
#   sudo apt-get install dovecot-imapd curl python3 isync fetchmail s-nail imapfilter netcat-openbsd openssl tcpdump
#   corpus/record/record.sh [OUT]         OUT: a folder, default ./recordings
#
# Each recording is OUT/CLIENT.log, and OUT/CLIENT.wire/ with Dovecot's rawlog of the same session: *.in is the client, *.out the server, both with a time
# stamp before each line. A client that is not there is left out, and said so. Nothing leaves the machine; the account is bob, the password "hunter22".
# To put a recording into the corpus, copy the log to ../transcripts/FORMAT/y_recorded-CLIENT_NNN.txt and write its golden (see ../transcripts/README.md).
set -euo pipefail
out=$(realpath -m "${1:-recordings}")
dir=$(mktemp -d /tmp/imapwire-record.XXXXXX)
port=$((20000 + RANDOM % 20000))
mkdir -p "$out"
bin=$(command -v dovecot || echo /usr/sbin/dovecot)
[ -x "$bin" ] || { echo "record: no dovecot; install dovecot-imapd" >&2; exit 2; }

uid=$(id -u) gid=$(id -g) me=$(id -un)
internal=$me group=$(id -gn) login=$me
if [ "$uid" = 0 ]; then # Dovecot refuses root for its unprivileged parts, and for mail
	internal=dovecot group=dovecot login=dovenull uid=$(id -u nobody) gid=$(id -g nobody)
fi
# The settings that are written another way since 2.4. Its versions must come before any other setting.
IFS=.- read -r major minor _ <<<"$("$bin" --version)"
if [ "$major" -gt 2 ] || { [ "$major" = 2 ] && [ "$minor" -ge 4 ]; }; then
	settings="dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = $dir/mail
passdb static {
  password = hunter22
}
userdb static {
  fields {
    uid = $uid
    gid = $gid
    home = $dir/home
  }
}"
else
	settings="disable_plaintext_auth = no
mail_location = maildir:$dir/mail
passdb {
  driver = static
  args = password=hunter22
}
userdb {
  driver = static
  args = uid=$uid gid=$gid home=$dir/home
}"
fi
mkdir -p "$dir/home" "$dir/mail/cur" "$dir/mail/new" "$dir/mail/tmp" "$dir/raw"
cat >"$dir/dovecot.conf" <<EOF
$settings
protocols = imap
listen = 127.0.0.1
base_dir = $dir/run
state_dir = $dir/run
log_path = $dir/log
ssl = no
auth_mechanisms = plain login
default_internal_user = $internal
default_internal_group = $group
default_login_user = $login
first_valid_uid = 1
protocol imap {
  rawlog_dir = $dir/raw
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $port
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
namespace inbox {
  inbox = yes
  separator = /
}
EOF

# message N writes a composed message: text that looks like protocol, trailing blanks, and bytes beyond ASCII.
message() {
	printf 'From: Ann Example <ann@example.org>\r\nTo: Bob Example <bob@example.org>\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= %s\r\nDate: Thu, 2 Jul 2026 10:0%s:00 +0200\r\nMessage-ID: <m%s@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello Bob,  \r\n\r\n)\r\n* %s EXISTS\r\na1 OK done {3}\r\nschöne Grüße\r\n' "$1" "$1" "$1" "$1"
}
for n in 1 2 3; do message $n >"$dir/mail/new/17830000$n.M$n.example.org"; done
[ "$(id -u)" != 0 ] || chown -R "$uid:$gid" "$dir/home" "$dir/mail" "$dir/raw"
chmod 755 "$dir"

"$bin" -F -c "$dir/dovecot.conf" >"$dir/stdout" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$dir"' EXIT
for _ in $(seq 100); do
	(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
	sleep 0.1
done
if ! kill -0 $server 2>/dev/null; then # its port was taken, or it dislikes its settings: nothing may be recorded then
	cat "$dir/stdout" "$dir/log" >&2 2>/dev/null || true
	echo "record: Dovecot did not start on port $port" >&2
	exit 1
fi

# session NAME PROGRAM COMMAND...: runs a client, whose log is its standard output and error, and keeps the rawlog of its session.
session() {
	local name=$1 program=$2
	shift 2
	command -v "$program" >/dev/null || { echo "record: $program is not installed, $name left out" >&2; return 0; }
	rm -f "$dir"/raw/*
	(cd "$dir" && HOME=$dir/home timeout 30 "$@") >"$out/$name.log" 2>&1 </dev/null || true
	sed -i "s|$dir|/home/bob|g" "$out/$name.log"
	sleep 0.3
	mkdir -p "$out/$name.wire"
	cp "$dir"/raw/* "$out/$name.wire/" 2>/dev/null || true
	printf '%-28s %8d octets\n' "$name" "$(wc -c <"$out/$name.log")"
}

url=imap://127.0.0.1:$port
session curl-v-list curl curl -sv -u bob:hunter22 "$url"
session curl-v-fetch curl curl -sv -u bob:hunter22 "$url/INBOX;MAILINDEX=1"
session curl-trace-ascii curl curl -s --trace-ascii - -u bob:hunter22 "$url/INBOX;MAILINDEX=2"
session curl-trace curl curl -s --trace - --trace-time -u bob:hunter22 "$url/INBOX?ALL"
cat >"$dir/session.py" <<EOF
import imaplib, sys
imaplib.Debug = int(sys.argv[1])
m = imaplib.IMAP4("127.0.0.1", $port)
m.login("bob", "hunter22")
m.list()
m.select()
m.uid("FETCH", "1:*", "(UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)])")
m.fetch("1", "(BODY[])")
m.append("INBOX", r"(\Seen)", None, b"Subject: stored\r\n\r\nby imaplib\r\n")
m.store("1", "+FLAGS", r"(\Flagged)")
m.search(None, "FLAGGED")
m.select("Nowhere")
m.logout()
EOF
session imaplib-4 python3 python3 "$dir/session.py" 4
session imaplib-5 python3 python3 "$dir/session.py" 5
cat >"$dir/mbsyncrc" <<EOF
IMAPAccount a
Host 127.0.0.1
Port $port
User bob
Pass hunter22
SSLType None
AuthMechs LOGIN

IMAPStore far
Account a

MaildirStore near
Path $dir/home/near/
Inbox $dir/home/near/inbox

Channel c
Far :far:
Near :near:
Create Near
Sync Pull
EOF
mkdir -p "$dir/home/near"
[ "$(id -u)" != 0 ] || chown -R "$uid:$gid" "$dir/home"
session mbsync-DN mbsync mbsync -DN -c "$dir/mbsyncrc" c
printf 'poll 127.0.0.1 service %s protocol imap auth password user bob password hunter22 keep fetchall mda "cat >/dev/null"\n' "$port" >"$dir/fetchmailrc"
chmod 600 "$dir/fetchmailrc"
session fetchmail-vv fetchmail fetchmail -v -v -k -f "$dir/fetchmailrc" --sslproto ''
session s-nail-d s-nail env MAILRC=/dev/null s-nail -n -v -v -S v15-compat=yes -S 'imap-auth=login' -R -f "imap://bob:hunter22@127.0.0.1:$port/INBOX"
printf 'options.timeout = 20\na = IMAP { server = "127.0.0.1", port = %s, username = "bob", password = "hunter22" }\na.INBOX:check_status()\na.INBOX:is_unseen()\n' "$port" >"$dir/config.lua"
session imapfilter-vv imapfilter imapfilter -v -v -c "$dir/config.lua"
printf 'a1 LOGIN bob hunter22\r\na2 SELECT INBOX\r\na3 FETCH 1:2 (FLAGS BODY.PEEK[])\r\na4 LIST\r\na5 LOGOUT\r\n' >"$dir/typed"
session nc nc bash -c "(while IFS= read -r l; do printf '%s\n' \"\$l\"; sleep 0.2; done <'$dir/typed'; sleep 0.5) | nc -q 1 127.0.0.1 $port"
if command -v tcpdump >/dev/null && [ "$(id -u)" = 0 ]; then
	tcpdump -i lo -U -w "$out/session.pcap" "tcp port $port" >/dev/null 2>&1 &
	dump=$!
	sleep 1
	session curl-under-tcpdump curl curl -s -u bob:hunter22 "$url/INBOX;MAILINDEX=1"
	sleep 1
	kill $dump && wait $dump 2>/dev/null || true
	rm -rf "$out"/curl-under-tcpdump.*
	printf '%-28s %8d octets\n' session.pcap "$(wc -c <"$out/session.pcap")"
fi
echo "Recorded into $out"
