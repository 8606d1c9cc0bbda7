// Long logs that the tests and the benchmark make up.

/** About so many octets of fetches with literals, each line labelled C: or S:. It runs in the page too, so it needs nothing from around it. */
export function labelled(bytes) {
  const lines = ["S: * OK [CAPABILITY IMAP4rev1 LITERAL+] ready", "C: a0 LOGIN bob not-a-real-one", "S: a0 OK done", "C: a1 SELECT INBOX", "S: * 100000 EXISTS", "S: a1 OK [READ-WRITE] done"];
  let size = lines.join("\n").length;
  for (let n = 2; size < bytes; n++) {
    const head = `Subject: message ${n}\nFrom: Alice <alice@example.org>\nTo: bob@example.org\nDate: Tue, 1 Jul 2025 10:00:00 +0200\n\n`;
    const more = [
      `C: a${n} UID FETCH ${n}:${n + 2} (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER])`,
      `S: * ${n} FETCH (UID ${n} FLAGS (\\Seen) RFC822.SIZE ${n * 17} BODY[HEADER] {${head.length + head.split("\n").length - 1}}`,
      head + ")",
      `S: * ${n + 1} FETCH (UID ${n + 1} FLAGS () RFC822.SIZE ${n * 19})`,
      `S: a${n} OK Fetch completed.`,
    ];
    for (const s of more) size += s.length + 1;
    lines.push(...more);
  }
  return lines.join("\n") + "\n";
}

/** About so many octets as Thunderbird logs them with MOZ_LOG=IMAP:4,timestamp. */
export function mozlog(bytes) {
  const out = [];
  let size = 0, ms = 0;
  const put = (s) => {
    const time = new Date(Date.UTC(2025, 5, 1, 10) + (ms += 7)).toISOString().replace("T", " ").replace("Z", "000 UTC");
    const line = `${time} - [Parent 4242: IMAP]: D/IMAP 7f3a4c00:imap.example.org:${s}\r\n`;
    out.push(line);
    size += line.length;
  };
  const read = "S-INBOX:CreateNewLineFromSocket: ", send = "S-INBOX:SendData: ";
  put("NA:CreateNewLineFromSocket: * OK [CAPABILITY IMAP4rev1 LITERAL+ IDLE] Dovecot ready.");
  put('A:SendData: 1 login "bob@example.org" "not-a-real-one"');
  put("A:CreateNewLineFromSocket: 1 OK Logged in");
  put('A:SendData: 2 select "INBOX"');
  put(read + "* 2000 EXISTS");
  put(read + "2 OK [READ-WRITE] Select completed.");
  for (let n = 3; size < bytes; n++) {
    put(send + `${n} UID fetch ${n}:${n + 8} (FLAGS UID RFC822.SIZE)`);
    for (let k = 0; k < 8; k++) put(read + `* ${n + k} FETCH (UID ${n + k} FLAGS (\\Seen) RFC822.SIZE ${n * 19})`);
    put(read + `${n} OK Fetch completed.`);
  }
  return out.join("");
}
