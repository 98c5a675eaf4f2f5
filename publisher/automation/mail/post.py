"""An issue sent by e-mail, to each recipient once.

SMTP has one moment of doubt: all is sent, and no answer comes. What is in doubt is recorded as such *before* the moment
comes, so that even a process that is killed in it leaves the record, and is never sent again unless somebody says so.
"""

import contextlib
import datetime as dt
import ipaddress
import re
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import parseaddr
from pathlib import Path

import msgspec

from publisher.automation.issues.proof import File, Proof
from publisher.automation.mail.deliveries import DeliveryOutcome, DeliveryRecord, Records, record_for, replaced
from publisher.automation.mail.letter import letter, message_id
from publisher.automation.mail.session import EncryptedSession, Session, Watch
from publisher.automation.shelf.shelved import variant
from publisher.config import Mail, Recipient
from publisher.counting import counted
from publisher.model.blocks import Value

SESSION_S = 120.0
"""What a session may take besides its messages, whatever the server does."""

DELIVERIES_S = 1_800.0
"""What sending an issue to all its recipients may take, pauses included: whoever is left then is the next run's."""

_BYTES_A_SECOND = 16 * 1024
"""At which a message goes out at least."""

PAUSES_S = (0, 5, 30, 120)
"""Before each attempt. Servers that defer strangers (grey-listing) take some minutes; the next run is another try."""

_MEGABYTE = 1_000_000
_TOO_LARGE = (523, 552)
_DOT = re.compile(rb"(?m)^\.")


class Post(Value, frozen=True, kw_only=True):
    """What a delivery has of the world around it; a test has another."""

    environment: Mapping[str, str] = {}
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    pause: Callable[[float], None] = time.sleep
    elapsed: Callable[[], float] = time.monotonic
    """Seconds since any moment."""

    session_s: float = SESSION_S
    deliveries_s: float = DELIVERIES_S
    context: ssl.SSLContext | None = None
    """``None``: certificates are judged as everywhere on this machine."""


class _Later(Exception):  # noqa: N818 - an answer, and no error of ours
    """Not taken, and worth another attempt."""


class _Never(Exception):  # noqa: N818
    """Not taken, and another attempt would fare no better."""


def deliver(
    proof: Proof,
    folder: Path,
    mail: Mail,
    records: Records = (),
    *,
    keep: Callable[[Records], None] = lambda records: None,
    resend: bool = False,
    post: Post = Post(),  # noqa: B008 - frozen
) -> Records:
    """Send an issue, whose files lie in a folder, to each recipient who has not got it; what is known of each then.

    ``records`` is what the last call gave, and ``keep`` is told at every change, before the moment of doubt above all:
    it must have written them down when it returns. Who was sent the issue, or may have been, is sent it again only with
    ``resend``; whom it did not reach is tried anew. Nothing is raised: what went wrong is an outcome, and so is that
    the time for all of them was over before somebody's turn.
    """
    ends = post.elapsed() + post.deliveries_s
    for recipient in mail.recipients:
        known = record_for(records, recipient.address)
        if known and known.settled and not resend:
            continue
        for record in _attempts(proof, folder, mail, recipient, known, post, ends):
            records = replaced(records, record)
            keep(records)
    return records


def refusal_of(mail: Mail, post: Post) -> str | None:
    """Why a session with the server cannot be had, logged in as the settings say; ``None`` when it can.

    Nothing is sent in it.
    """
    try:
        with _connected(mail, post):
            return None
    except (_Never, _Later, OSError) as error:
        return _line(error)


def refusal_of_letter(mail: Mail, message: bytes, recipient: Recipient, post: Post) -> str | None:
    """Why the server did not take a message, which is sent; ``None`` when it did."""
    try:
        with _connected(mail, post) as server:
            if refusal := _envelope(server, mail, recipient, len(message)):
                return refusal
            server.watch.renew(post.session_s)
            outcome, reply = _hand_over(server, message)
            return None if outcome == "sent" else reply
    except (_Never, _Later, OSError) as error:
        return _line(error)


def _attempts(
    proof: Proof, folder: Path, mail: Mail, recipient: Recipient, known: DeliveryRecord | None, post: Post, ends: float
) -> Iterator[DeliveryRecord]:
    """All that becomes known of a recipient, in order; the last is what came of it."""
    record = DeliveryRecord(
        recipient=recipient.address, outcome="failed", attempts=known.attempts if known else 0, at=post.now()
    )
    files = _candidates(proof, recipient)
    if not files:
        reason = f"the issue has none of: {', '.join(recipient.files)}"
        yield msgspec.structs.replace(record, outcome="no-file", reply=reason)
        return
    if not recipient.address.isascii():
        yield msgspec.structs.replace(record, outcome="refused", reply="the address is not in ASCII")
        return
    for pause_s in PAUSES_S:
        if post.elapsed() + pause_s > ends:
            late = (
                f"no attempt was left: all deliveries together took longer than {counted(post.deliveries_s, 'second')}"
            )
            yield msgspec.structs.replace(record, outcome="failed", reply=record.reply or late)
            return
        if pause_s:
            post.pause(pause_s)
        record = msgspec.structs.replace(record, attempts=record.attempts + 1, at=post.now())
        try:
            for record in _attempt(proof, folder, mail, recipient, files, record, post):  # noqa: B020 - its last
                yield record
            return
        except _Never as never:
            yield msgspec.structs.replace(record, outcome="refused", reply=_line(never))
            return
        except (_Later, OSError) as later:  # smtplib's own errors are of the second kind.
            record = msgspec.structs.replace(record, outcome="failed", reply=_line(later))
            yield record


def _candidates(proof: Proof, recipient: Recipient) -> tuple[File, ...]:
    """The issue's files that the recipient takes, in that order."""
    return tuple(file for wanted in recipient.files for file in proof.files if variant(file) == wanted)


def _attempt(
    proof: Proof,
    folder: Path,
    mail: Mail,
    recipient: Recipient,
    files: tuple[File, ...],
    record: DeliveryRecord,
    post: Post,
) -> Iterator[DeliveryRecord]:
    """One connection, and the files in it until one is small enough. _Later, _Never or OSError when none was taken."""
    with _connected(mail, post) as server:
        said = server.esmtp_features.get("size", "")
        limit = min(int(recipient.limit_mb * _MEGABYTE), int(said) if said.isdecimal() and int(said) else 10**12)
        for file in files:
            data = (folder / file.name).read_bytes()
            message = letter(proof, file, data, sender=mail.sender, recipient=recipient.address, now=record.at)
            record = msgspec.structs.replace(
                record,
                file=file.name,
                sha256=file.sha256,
                message_id=message_id(proof, recipient.address, file, mail.sender),
            )
            refusal = (
                f"{len(message):,} bytes with {file.name}, and {limit:,} are taken"
                if len(message) > limit
                else _envelope(server, mail, recipient, len(message))
            )
            if refusal:
                record = msgspec.structs.replace(record, outcome="too-large", reply=refusal)
                continue
            yield msgspec.structs.replace(record, outcome="unknown", reply="no answer after the message")
            server.watch.renew(post.session_s + len(message) / _BYTES_A_SECOND)
            outcome, reply = _hand_over(server, message)
            record = msgspec.structs.replace(record, outcome=outcome, reply=reply)
            if outcome != "too-large":
                break
            server.rset()
        yield record


def _envelope(server: smtplib.SMTP, mail: Mail, recipient: Recipient, size: int) -> str:
    """Announce a message; what the server says to one as large, nothing when it takes it. _Later or _Never for any."""
    options = [f"SIZE={size}"] if server.has_extn("size") else []
    for code, reply in (
        server.mail(parseaddr(mail.sender)[1], options),
        server.rcpt(recipient.address),
        server.docmd("DATA"),
    ):
        if code in _TOO_LARGE:
            server.rset()
            return _said(code, reply)
        _judge(code, reply)
    return ""


def _hand_over(server: smtplib.SMTP, message: bytes) -> tuple[DeliveryOutcome, str]:
    """Send the message and hear what becomes of it; no clear answer is doubt. _Later or _Never when it is not taken."""
    try:
        server.send(_DOT.sub(b"..", message) + b".\r\n")
        code, reply = server.getreply()
    except OSError as error:
        return "unknown", _line(error)
    if code in _TOO_LARGE:
        return "too-large", _said(code, reply)
    if not 200 <= code < 600:
        return "unknown", _said(code, reply)
    _judge(code, reply)
    return "sent", _said(code, reply)


def _judge(code: int, reply: bytes) -> None:
    if 400 <= code < 500:
        raise _Later(_said(code, reply))
    if not 200 <= code < 400:
        raise _Never(_said(code, reply))


@contextlib.contextmanager
def _connected(mail: Mail, post: Post) -> Iterator[Session | EncryptedSession]:
    """A session with the server, encrypted and logged in as the settings say. _Never where it must not be had."""
    with Watch(post.session_s) as watch:
        try:
            with _opened(mail, post, watch) as server:
                yield server
        except OSError as error:
            if watch.is_over:
                raise _Later(f"the session took longer than {counted(watch.seconds, 'second')}") from error
            raise


@contextlib.contextmanager
def _opened(mail: Mail, post: Post, watch: Watch) -> Iterator[Session | EncryptedSession]:
    context = post.context or ssl.create_default_context()
    name = parseaddr(mail.sender)[1].rpartition("@")[2]
    server = (
        EncryptedSession(watch, mail.host, mail.port, name, context)
        if mail.security == "tls"
        else Session(watch, mail.host, mail.port, name)
    )
    try:
        server.ehlo_or_helo_if_needed()
        if mail.security == "starttls":
            if not server.has_extn("starttls"):
                raise _Never("the server offers no STARTTLS: nothing was sent in the clear")
            server.starttls(context=context)
            server.ehlo()
        if mail.user is not None:
            _log_in(server, mail, post)
        yield server
        with contextlib.suppress(OSError):  # What was taken is taken, however the two part.
            server.quit()
    except smtplib.SMTPResponseException as error:
        code, reply = error.smtp_code, error.smtp_error
        _judge(code, reply if isinstance(reply, bytes) else str(reply).encode())
        raise
    finally:
        server.close()


def _log_in(server: smtplib.SMTP, mail: Mail, post: Post) -> None:
    password = password_of(mail, post.environment)
    if not password:
        raise _Never(f"the environment variable {mail.password_env} holds no password, nor does a credential")
    if mail.security == "none" and not _is_local(mail.host):
        raise _Never("a password is not sent in the clear. Set security to starttls or tls")
    try:
        server.login(mail.user or "", password)
    except smtplib.SMTPNotSupportedError as error:
        raise _Never("the server takes no password") from error


def password_of(mail: Mail, environment: Mapping[str, str]) -> str:
    """The password in the variable, or in the credential of that name (systemd.exec(5), LoadCredential); or none."""
    name = mail.password_env or ""
    password = environment.get(name, "")
    folder = environment.get("CREDENTIALS_DIRECTORY")
    if password or not folder:
        return password
    try:
        return (Path(folder) / name).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        return ""


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _said(code: int, reply: bytes) -> str:
    return _line(f"{code} {reply.decode('utf-8', 'replace')}")


def _line(thing: object) -> str:
    """One short line of what somebody else wrote."""
    return " ".join("".join(each if each.isprintable() else " " for each in str(thing)).split())[:300]
