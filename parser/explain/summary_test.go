package explain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/explain/words"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

func TestSummary(t *testing.T) {
	for _, tc := range []struct {
		side   wire.Side
		in     string
		en, zh string
	}{
		{wire.Client, "a1 CAPABILITY\r\n", "Client asks what the server can do.", "客户端询问服务器支持哪些能力。"},
		{wire.Client, "a1 LOGIN bob \"secret\"\r\n", "Client logs in as “bob” with a password.", "客户端以“bob”的身份用密码登录。"},
		{wire.Client, "a1 AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ=\r\n", "Client authenticates with PLAIN and sends the first response at once.", "客户端用 PLAIN 认证，并同时发送初始响应。"},
		{wire.Client, "a1 SELECT \"inbox\"\r\n", "Client opens INBOX.", "客户端打开 INBOX。"},
		{wire.Client, "a1 SELECT Sent (CONDSTORE)\r\n", "Client opens “Sent” with modification sequences.", "客户端打开“Sent”，并启用修改序列。"},
		{wire.Client, "a1 EXAMINE &ZYdO9lk5-\r\n", "Client opens “文件夹” for reading only.", "客户端以只读方式打开“文件夹”。"},
		{wire.Client, "a1 LIST \"\" \"*\"\r\n", "Client lists all mailboxes.", "客户端列出所有邮箱。"},
		{wire.Client, "a1 LIST \"\" \"\"\r\n", "Client asks for the hierarchy delimiter.", "客户端询问层级分隔符。"},
		{wire.Client, "a1 FETCH 1:* FLAGS\r\n", "Client asks for flags of all messages.", "客户端请求全部邮件的标志。"},
		{
			wire.Client, "a1 UID FETCH 2 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Cc Bcc Subject)])\r\n",
			"Client asks for UID, size, flags and 5 header fields of the message with UID 2, without marking it as read.", "客户端请求邮件（UID 2）的 UID、大小、标志和 5 个邮件头字段，不标为已读。",
		},
		{wire.Client, "a1 FETCH 2 BODY[]<0.2048>\r\n", "Client asks for the full source (2 kB from octet 0) of message 2, which marks it as read.", "客户端请求第 2 封邮件的完整原文（从第 0 个字节起 2 kB），并会标为已读。"},
		{wire.Client, "a1 UID STORE 2 +FLAGS.SILENT (\\Seen)\r\n", "Client adds \\Seen to the message with UID 2, and wants no flags back.", "客户端给邮件（UID 2）加上 \\Seen，不需要回送标志。"},
		{wire.Client, "a1 UID SEARCH UNSEEN FROM ann\r\n", "Client searches for UNSEEN and FROM “ann” and wants UIDs.", "客户端搜索：UNSEEN 和 FROM “ann”，要求返回 UID。"},
		{wire.Client, "a1 UID MOVE 4:7 Trash\r\n", "Client moves messages with UIDs 4 to 7 to “Trash”.", "客户端把邮件（UID 4 至 7）移到“Trash”。"},
		{wire.Client, "a1 APPEND Sent (\\Seen) {5}\r\nhello\r\n", "Client stores a message of 5 octets in “Sent”, flagged \\Seen.", "客户端把一封 5 字节的邮件存入“Sent”，标记为 \\Seen。"},
		{wire.Client, "a1 XYZ\r\n", "Client sends the command XYZ, which no RFC defines.", "客户端发送命令 XYZ，没有 RFC 定义它。"},
		{wire.Server, "* 2 EXISTS\r\n", "The mailbox has 2 messages.", "邮箱有 2 封邮件。"},
		{wire.Server, "* 1 FETCH (UID 7 FLAGS (\\Seen) RFC822.SIZE 621)\r\n", "Message 1: UID 7, flags \\Seen and size 621 octets.", "第 1 封邮件：UID 7、标志 \\Seen 和大小 621 字节。"},
		{wire.Server, "a1 NO [AUTHENTICATIONFAILED] Invalid credentials\r\n", "Server could not do command a1: the name or the password is wrong.", "服务器未能执行命令 a1：用户名或密码错误。"},
		{wire.Server, "a1 OK done\r\n", "Server finished command a1: done", "服务器完成命令 a1：done"},
		{wire.Server, "* OK [UIDNEXT 4392] Predicted\r\n", "Server remarks: the next message gets UID 4392 or more.", "服务器说明：下一封邮件的 UID 至少为 4392。"},
		{wire.Server, "* LIST (\\HasNoChildren) \"/\" \"Sent\"\r\n", "There is a mailbox “Sent” with \\HasNoChildren.", "有邮箱“Sent”，属性为 \\HasNoChildren。"},
		{wire.Server, "* STATUS INBOX (MESSAGES 3 UNSEEN 1)\r\n", "INBOX has message count 3 and unseen count 1.", "INBOX：邮件数 3 和未读数 1。"},
		{wire.Server, "* ESEARCH (TAG \"a1\") UID ADDTO (0 93)\r\n", "The search reports ADDTO.", "搜索报告 ADDTO。"},
		{wire.Server, "+ idling\r\n", "Server is ready for more: idling", "服务器等待后续内容：idling"},
	} {
		t.Run(tc.in, func(t *testing.T) {
			var p parser.Parser
			m, err := p.Message([]byte(tc.in), tc.side, wire.ModeCommand)
			require.NoError(t, err)
			require.Equal(t, tc.en, string(words.English().AppendSummary(nil, m)))
			require.Equal(t, tc.zh, string(words.Chinese().AppendSummary(nil, m)))
		})
	}
	r, err := parser.ParseResponse([]byte("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n"))
	require.NoError(t, err)
	require.Equal(t, "Server greets: 2 capabilities.", string(words.English().AppendGreeting(nil, r)))
	require.Equal(t, "Client ends IDLE.", string(words.English().AppendSummary(nil, imap.Message{Done: true})))
}
