"""Issues sent to a real mail server on this machine, which behaves as the test says."""

import asyncio
import base64
import contextlib
import datetime as dt
import email
import email.policy
import shutil
import socket
import ssl
import subprocess
import threading

import msgspec
import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from publisher.automation.mail import post
from publisher.automation.mail.deliveries import DeliveryRecord, replaced
from publisher.automation.mail.letter import letter
from publisher.automation.mail.post import PAUSES_S, Post, deliver
from publisher.config import Mail, Recipient
from tests.automation.shelf.shelves import put_issue, rendition, renditions

NOW = dt.datetime(2026, 3, 23, 5, 17, tzinfo=dt.UTC)
POST = Post(now=lambda: NOW, pause=lambda seconds: None)
READER = "may-doc@example.org"
TO_READER = Recipient(address=READER)
CUT = "cut"
VARIABLE = "TIN_PASSWORD"
OPENSSL = (
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
    "-subj /CN=localhost -addext subjectAltName=DNS:localhost"
)


class Server:
    """Takes mail, and answers each message as ``answers`` has it: a reply, ``CUT``, or nothing special."""

    def __init__(self, **settings):
        self.answers = {"RCPT": [], "DATA": []}
        self.messages = []
        self.rude = False
        self.settings = {"hostname": "localhost", "loop": None, **settings}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answers["RCPT"].pop(0) if self.answers["RCPT"] else "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.answers["DATA"].pop(0) if self.answers["DATA"] else "250 taken"
        if answer.startswith(("250", CUT)):
            self.messages.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        if answer == CUT:
            server.transport.abort()
        return answer

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        if self.rude:
            server.transport.abort()
        return "221 bye"

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        settings = {**self.settings, "loop": self.loop}
        factory = lambda: SMTP(self, **settings)  # noqa: E731
        start = self.loop.create_server(factory, "127.0.0.1", 0, ssl=settings.pop("ssl", None))
        self.server = self.loop.run_until_complete(start)
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        return self

    def __exit__(self, *exception):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.server.close()
        self.loop.run_until_complete(self.server.wait_closed())
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()


@pytest.fixture
def server():
    with Server() as started:
        yield started


@pytest.fixture
def issue(tmp_path):
    """The proof of an issue, and its folder."""
    return put_issue(tmp_path, "2026-W12"), tmp_path / "issues" / "2026-W12"


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def send(server, issue, pauses):
    """Deliver the issue to recipients; the records, and all that was kept on the way."""

    def sent(*recipients, records=(), resend=False, environment=None, context=None, **settings):
        kept = []
        known = {"host": "127.0.0.1", "port": server.port, "security": "none", "sender": "Tuần tin <tin@example.org>"}
        around = Post(environment=environment or {}, now=lambda: NOW, pause=pauses.append, context=context)
        wanted = Mail(recipients=recipients or (Recipient(address=READER),), **{**known, **settings})
        records = deliver(*issue, wanted, records, keep=kept.append, resend=resend, post=around)
        assert records == (kept[-1] if kept else records)
        return records, kept

    return sent


def told(records):
    return [(record.recipient, record.outcome, record.file, record.attempts, record.reply) for record in records]


def parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)


class TestLetter:
    def test_it_says_what_it_carries(self, server, send, issue):
        send()

        ((sender, recipients, content),) = server.messages
        message = parsed(content)
        text, attachment = message.iter_parts()
        assert (sender, recipients) == ("tin@example.org", [READER])
        assert message["From"] == "Tuần tin <tin@example.org>"
        assert message["To"] == READER
        assert message["Subject"] == "Tuần tin, số 12 (2026-03-22)"
        assert message["Date"] == "Mon, 23 Mar 2026 05:17:00 +0000"
        assert message["Auto-Submitted"] == "auto-generated"
        assert text.get_content().splitlines() == [
            "Tuần tin, số 12",
            "22 tháng 3 năm 2026",
            "",
            "- Cầu Ngòi Thia thông xe sau ba năm thi công",
            "- Lúa – tôm <Đông Sếu> được mùa & được giá",
            '- Thuyền thư viện ghé bến "Sông Lam"',
            "",
            "Số báo ở trong tệp đính kèm. (EPUB)",
        ]
        assert attachment.get_content_type() == "application/epub+zip"
        assert attachment.get_filename() == "tuan-tin-2026-W12.epub"
        assert attachment.get_content() == (issue[1] / "tuan-tin-2026-W12.epub").read_bytes()

    def test_it_is_seven_bits_wide_and_no_line_is_too_long(self, server, send):
        send()

        ((_, _, content),) = server.messages
        assert content.isascii()
        assert max(map(len, content.split(b"\r\n"))) <= 998
        assert b"\n" not in content.replace(b"\r\n", b"")

    def test_the_same_issue_gives_the_same_message(self, issue):
        proof, _ = issue
        made = [
            letter(proof, proof.files[0], b"data", sender="a@example.org", recipient=READER, now=NOW) for _ in range(2)
        ]
        other = letter(proof, proof.files[0], b"data", sender="a@example.org", recipient="b@example.org", now=NOW)

        assert made[0] == made[1]
        assert parsed(made[0])["Message-ID"] != parsed(other)["Message-ID"]

    def test_words_cannot_become_headers_or_end_the_message(self, server, send, tmp_path, issue):
        proof = msgspec.structs.replace(issue[0], title="A\r\nBcc: all@example.org\r\n\r\n.\r\nB", number=None)
        (tmp_path / "dots").mkdir()
        data = b"..\r\n.\r\nQUIT\r\n"
        file, _ = rendition("Số báo (đặc biệt).epub", data)
        (tmp_path / "dots" / file.name).write_bytes(data)
        proof = msgspec.structs.replace(proof, files=(file,))
        settings = Mail(
            host="127.0.0.1",
            port=server.port,
            security="none",
            sender="a@example.org",
            recipients=(TO_READER,),
        )

        deliver(proof, tmp_path / "dots", settings, post=POST)

        ((_, recipients, content),) = server.messages
        message = parsed(content)
        assert recipients == [READER]
        assert message["Bcc"] is None
        assert message["Subject"] == "A Bcc: all@example.org . B (2026-03-22)"
        (_, attachment) = message.iter_parts()
        assert attachment.get_filename() == "Sobaodacbiet.epub"
        assert attachment.get_content() == data


class TestOnce:
    """Nobody gets an issue twice, and nobody is forgotten."""

    def test_what_was_taken_is_recorded_and_never_sent_again(self, server, send, issue):
        records, kept = send()
        again, kept_again = send(records=records)

        assert told(records) == [(READER, "sent", "tuan-tin-2026-W12.epub", 1, "250 taken")]
        assert records[0].sha256 == issue[0].files[0].sha256
        assert records[0].message_id == parsed(server.messages[0][2])["Message-ID"]
        assert [each[-1].outcome for each in kept] == ["unknown", "sent"]
        assert (again, kept_again) == (records, [])
        assert len(server.messages) == 1

    def test_each_recipient_gets_a_message_of_its_own(self, server, send):
        send(Recipient(address="a@example.org"), Recipient(address="b@example.org", files=("pdf",)))

        assert [recipients for _, recipients, _ in server.messages] == [["a@example.org"], ["b@example.org"]]
        assert b"b@example.org" not in server.messages[0][2]
        assert b"application/pdf" in server.messages[1][2]

    def test_who_was_not_reached_is_tried_by_the_next_run_and_the_others_are_not(self, server, send):
        people = (Recipient(address="a@example.org"), Recipient(address="b@example.org"))
        server.answers["RCPT"] = ["250 OK", "550 no such mailbox"]
        records, _ = send(*people)
        again, _ = send(*people, records=records)

        assert told(records)[1] == ("b@example.org", "refused", None, 1, "550 no such mailbox")
        assert [(record.recipient, record.outcome, record.attempts) for record in again] == [
            ("a@example.org", "sent", 1),
            ("b@example.org", "sent", 2),
        ]
        assert len(server.messages) == 2

    def test_later_is_tried_again_after_a_pause(self, server, send, pauses):
        server.answers["RCPT"] = ["451 grey-listed", "250 OK"]
        server.answers["DATA"] = ["421 busy"]

        records, kept = send()

        assert told(records) == [(READER, "sent", "tuan-tin-2026-W12.epub", 3, "250 taken")]
        assert pauses == [5, 30]
        assert [each[-1].outcome for each in kept] == ["failed", "unknown", "failed", "unknown", "sent"]
        assert len(server.messages) == 1

    def test_later_for_ever_is_a_failure(self, server, send, pauses):
        server.answers["RCPT"] = ["451 grey-listed"] * 9

        records, _ = send()

        assert told(records) == [(READER, "failed", None, 4, "451 grey-listed")]
        assert pauses == list(PAUSES_S[1:])

    def test_no_is_not_asked_again(self, server, send, pauses):
        server.answers["DATA"] = ["554 looks like spam"]

        records, _ = send()

        assert told(records) == [(READER, "refused", "tuan-tin-2026-W12.epub", 1, "554 looks like spam")]
        assert pauses == []

    def test_a_connection_cut_after_the_message_is_doubt_and_not_sent_again_unless_asked(self, server, send, pauses):
        server.answers["DATA"] = [CUT]

        records, _ = send()
        again, kept = send(records=records)
        asked, _ = send(records=records, resend=True)

        assert [record.outcome for record in records] == ["unknown"]
        assert (again, kept, pauses) == (records, [], [])
        assert [record.outcome for record in asked] == ["sent"]
        assert parsed(server.messages[0][2])["Message-ID"] == parsed(server.messages[1][2])["Message-ID"]

    def test_what_was_taken_is_sent_however_the_two_part(self, server, send):
        server.rude = True

        records, _ = send()

        assert [(record.outcome, record.attempts) for record in records] == [("sent", 1)]
        assert len(server.messages) == 1

    def test_a_process_that_is_killed_in_the_moment_of_doubt_leaves_the_record(self, server, issue):
        kept = []

        def keep(records):
            kept.append(records)
            raise KeyboardInterrupt

        settings = Mail(
            host="127.0.0.1",
            port=server.port,
            security="none",
            sender="a@example.org",
            recipients=(TO_READER,),
        )
        with pytest.raises(KeyboardInterrupt):
            deliver(*issue, settings, keep=keep, post=POST)
        again = deliver(*issue, settings, kept[0], post=POST)

        assert [record.outcome for record in kept[0]] == ["unknown"]
        assert again == kept[0]
        assert server.messages == []

    def test_records_come_through_json(self, send):
        records, _ = send()

        assert msgspec.json.decode(msgspec.json.encode(records), type=tuple[DeliveryRecord, ...]) == records
        assert replaced(records, records[0]) == records


class TestSize:
    def big(self, tmp_path):
        files = [
            rendition("big.epub", bytes(300_000)),
            rendition("big-kindle.epub", bytes(90_000), profile="kindle"),
            rendition("small.pdf", bytes(1_000)),
        ]
        proof = put_issue(tmp_path, "2026-W13", files=files)
        return proof, tmp_path / "issues" / "2026-W13"

    @pytest.mark.parametrize(
        ("limit_mb", "outcome", "file"),
        [
            (1.0, "sent", "big.epub"),
            (0.3, "sent", "big-kindle.epub"),  # 300 kB are 411 kB on the way.
            (0.1, "sent", "small.pdf"),
            (0.001, "too-large", "small.pdf"),
        ],
    )
    def test_the_first_file_that_is_small_enough_is_sent(self, server, tmp_path, limit_mb, outcome, file):
        recipient = Recipient(address=READER, files=("epub", "kindle", "pdf"), limit_mb=limit_mb)
        settings = Mail(
            host="127.0.0.1", port=server.port, security="none", sender="a@example.org", recipients=(recipient,)
        )

        (record,) = deliver(*self.big(tmp_path), settings, post=POST)

        assert (record.outcome, record.file) == (outcome, file)
        assert len(server.messages) == (outcome == "sent")
        assert all(len(content) <= limit_mb * 1e6 for _, _, content in server.messages)

    def test_the_servers_own_limit_counts_too(self, tmp_path):
        with Server(data_size_limit=200_000) as server:
            recipient = Recipient(address=READER, files=("epub", "kindle"))
            settings = Mail(
                host="127.0.0.1", port=server.port, security="none", sender="a@example.org", recipients=(recipient,)
            )

            (record,) = deliver(*self.big(tmp_path), settings, post=POST)

        assert (record.outcome, record.file) == ("sent", "big-kindle.epub")

    def test_a_server_that_says_so_only_afterwards_gets_the_smaller_one(self, server, send):
        server.answers["DATA"] = ["552 too large for this mailbox"]

        records, _ = send(Recipient(address=READER, files=("epub", "pdf")))

        assert told(records) == [(READER, "sent", "tuan-tin-2026-W12.pdf", 1, "250 taken")]
        assert len(server.messages) == 1

    def test_an_issue_without_the_wanted_file_is_said(self, server, send):
        records, _ = send(Recipient(address=READER, files=("kindle", "apple")))

        assert told(records) == [(READER, "no-file", None, 0, "the issue has none of: kindle, apple")]
        assert server.messages == []


class TestSecurity:
    PASSWORD = "mật-khẩu-của-tin"  # noqa: S105 - a test's

    def test_nothing_is_sent_in_the_clear_where_encryption_is_asked_for(self, server, send):
        records, _ = send(security="starttls", user="tin", password_env=VARIABLE, environment={VARIABLE: self.PASSWORD})

        assert told(records) == [
            (READER, "refused", None, 1, "the server offers no STARTTLS: nothing was sent in the clear")
        ]
        assert server.messages == []

    def test_no_password_goes_over_a_network_in_the_clear(self, server, send, monkeypatch):
        monkeypatch.setattr(post, "_is_local", lambda host: False)
        records, _ = send(user="tin", password_env=VARIABLE, environment={VARIABLE: "x"})

        assert records[0].reply == "a password is not sent in the clear. Set security to starttls or tls"
        assert server.messages == []

    def test_a_missing_password_is_said_by_its_variable(self, send):
        records, _ = send(user="tin", password_env=VARIABLE)

        assert records[0].outcome == "refused"
        assert records[0].reply == "the environment variable TIN_PASSWORD holds no password, nor does a credential"

    def test_the_password_may_be_a_credential_of_the_unit(self, tmp_path):
        (tmp_path / VARIABLE).write_text("geheim\n", encoding="utf-8")

        unit = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
        named, missing = (
            Mail(host="localhost", sender="a@b.example", recipients=(TO_READER,), password_env=name)
            for name in (VARIABLE, "MISSING")
        )

        assert post.password_of(named, unit) == "geheim"
        assert post.password_of(named, {**unit, VARIABLE: "other"}) == "other"
        assert post.password_of(missing, unit) == ""

    def test_a_wrong_password_is_said_and_stands_nowhere(self, issue):
        given = []

        def judge(server, session, envelope, mechanism, data):
            given.append(data.password)
            return AuthResult(success=False, handled=False)

        with Server(authenticator=judge, auth_require_tls=False) as server:
            settings = Mail(
                host="127.0.0.1",
                port=server.port,
                security="none",
                user="tin",
                password_env=VARIABLE,
                sender="a@example.org",
                recipients=(TO_READER,),
            )
            records = deliver(*issue, settings, post=msgspec.structs.replace(POST, environment={VARIABLE: "geheim"}))

        assert given
        assert records[0].outcome == "refused"
        assert records[0].reply.startswith("535")
        text = msgspec.json.encode(records)
        assert b"geheim" not in text
        assert base64.b64encode(b"geheim") not in text

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_mail_is_sent_encrypted_and_only_to_a_server_that_is_known(self, issue, tmp_path, security):
        openssl = shutil.which("openssl") or pytest.skip("openssl is not installed")
        key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
        subprocess.run(
            [openssl, *OPENSSL.split(), "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        theirs.load_cert_chain(certificate, key)
        ours = ssl.create_default_context(cafile=certificate)
        options = {"ssl": theirs} if security == "tls" else {"tls_context": theirs, "require_starttls": True}
        with Server(**options) as server:
            settings = Mail(
                host="localhost",
                port=server.port,
                security=security,
                sender="a@example.org",
                recipients=(TO_READER,),
            )
            stranger = deliver(*issue, settings, post=POST)
            friend = deliver(*issue, settings, post=msgspec.structs.replace(POST, context=ours))

        assert stranger[0].outcome == "failed"
        assert "certificate verify failed" in stranger[0].reply
        assert friend[0].outcome == "sent"
        assert len(server.messages) == 1


@pytest.mark.parametrize(
    ("host", "reply"), [("127.0.0.1", "Connection refused"), ("no.such.host.invalid", "")], ids=["closed", "unknown"]
)
def test_a_server_that_cannot_be_reached_is_a_failure(issue, pauses, host, reply):
    settings = Mail(host=host, port=9, sender="a@example.org", recipients=(TO_READER,))

    (record,) = deliver(*issue, settings, post=Post(now=lambda: NOW, pause=pauses.append))

    assert record.outcome == "failed"
    assert reply in record.reply
    assert record.attempts == len(PAUSES_S)


def test_when_the_time_for_all_recipients_is_over_the_rest_are_the_next_runs(issue):
    now = [0.0]

    def pause(seconds):
        now[0] += seconds

    others = (Recipient(address="a@example.org"), Recipient(address="b@example.org"))
    settings = Mail(host="127.0.0.1", port=9, sender="a@example.org", recipients=(TO_READER, *others))
    post = Post(now=lambda: NOW, pause=pause, elapsed=lambda: now[0], deliveries_s=200)

    records = deliver(*issue, settings, post=post)

    # The first has all attempts, the second those before the longest pause, the third the one without any.
    assert [(record.outcome, record.attempts) for record in records] == [("failed", 4), ("failed", 3), ("failed", 2)]
    assert now[0] == 195


def test_who_is_left_when_the_time_is_over_is_told_of(issue):
    settings = Mail(host="127.0.0.1", port=9, sender="a@example.org", recipients=(TO_READER,))
    clock = iter([0.0, 300.0])

    (record,) = deliver(*issue, settings, post=Post(now=lambda: NOW, elapsed=lambda: next(clock), deliveries_s=200))

    assert (record.outcome, record.attempts, record.reply) == (
        "failed",
        0,
        "no attempt was left: all deliveries together took longer than 200 seconds",
    )


def test_an_address_that_is_not_in_ascii_is_refused(send):
    records, _ = send(Recipient(address="độc-giả@example.org"))

    assert told(records) == [("độc-giả@example.org", "refused", None, 0, "the address is not in ASCII")]


def test_renditions_for_a_press_go_only_to_who_asks_for_them(server, send):
    send(Recipient(address=READER, files=("press",)))

    ((_, _, content),) = server.messages
    assert renditions("2026-W12")[3][0].name.encode() in content


class TestDripping:
    """A server that is never done costs a session's time, and no more."""

    @pytest.fixture
    def dripping(self):
        """A function that serves a first text and then one over and over, a moment after the other; its port."""
        stopped = threading.Event()
        threads = []

        def serve(first, again):
            listening = socket.create_server(("127.0.0.1", 0))

            def answer():
                with listening, contextlib.suppress(OSError):
                    listening.settimeout(20)
                    while not stopped.is_set():
                        connection, _ = listening.accept()
                        with connection, contextlib.suppress(OSError):
                            connection.sendall(first)
                            while not stopped.wait(0.02):
                                connection.sendall(again)

            threads.append(threading.Thread(target=answer, daemon=True))
            threads[-1].start()
            return listening.getsockname()[1]

        yield serve
        stopped.set()

    @pytest.mark.sample(3)
    @pytest.mark.parametrize(
        ("first", "again", "security"),
        [(b"", b"2", "none"), (b"220-hello\r\n", b"220-and more\r\n", "starttls"), (b"", b"\x16", "tls")],
        ids=["a byte at a time", "a greeting without end", "a handshake without end"],
    )
    def test_a_greeting_that_never_ends_is_tried_again_later(self, issue, dripping, first, again, security):
        mail = Mail(
            host="127.0.0.1",
            port=dripping(first, again),
            security=security,
            sender="tin@example.org",
            recipients=(TO_READER,),
        )

        (record,) = deliver(*issue, mail, post=Post(now=lambda: NOW, pause=lambda seconds: None, session_s=0.2))

        assert (record.outcome, record.attempts) == ("failed", len(PAUSES_S))
        assert record.reply == "the session took longer than 0.2 seconds" or security == "tls"
