"""The message that carries an issue: one file, and a few words about it.

The same issue, recipient and file give the same message but for its date: a server that gets it twice can tell.
"""

import datetime as dt
import hashlib
import unicodedata
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr

from publisher.automation.issues.proof import File, Proof
from publisher.automation.wording import file_label, issue_title, numbered_title, wording_for, written_date

HEADLINES = 40


def message_id(proof: Proof, recipient: str, file: File, sender: str) -> str:
    """The message's identifier, the same in every attempt."""
    return f"<{_digest(proof, recipient, file)}@{parseaddr(sender)[1].rpartition('@')[2]}>"


def letter(proof: Proof, file: File, data: bytes, *, sender: str, recipient: str, now: dt.datetime) -> bytes:
    """The whole message as it goes over the wire, seven bits wide, its lines ended by CRLF."""
    message = _begun(issue_title(proof), proof.language, sender, recipient, now)
    message["Message-ID"] = message_id(proof, recipient, file, sender)
    message.set_content(_text(proof, file), cte="quoted-printable")
    maintype, _, subtype = file.media_type.partition("/")
    message.add_attachment(data, maintype=maintype, subtype=subtype, filename=_ascii(file.name))
    message.set_boundary(f"=_{_digest(proof, recipient, file)}")
    return message.as_bytes()


def trial_letter(title: str, language: str, *, sender: str, recipient: str, now: dt.datetime) -> bytes:
    """A message without a file, as it goes over the wire: where it arrives, issues of that title would."""
    words = _one_line(f"{title}: {wording_for(language).trial}")
    message = _begun(words, language, sender, recipient, now)
    number = hashlib.sha256("\n".join([title, recipient, now.isoformat()]).encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{number}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message.set_content(f"{words}\n", cte="quoted-printable")
    return message.as_bytes()


def _begun(subject: str, language: str, sender: str, recipient: str, now: dt.datetime) -> EmailMessage:
    """The headers that all messages have."""
    message = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    message["From"] = formataddr((_one_line(name), address))
    message["To"] = recipient
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(now)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notices, please.
    message["Content-Language"] = language
    return message


def _text(proof: Proof, file: File) -> str:
    """What stands in the message: some readers' services drop one without words."""
    words = wording_for(proof.language)
    shown = [_one_line(article.headline) for article in proof.articles[:HEADLINES]]
    rest = len(proof.articles) - len(shown)
    lines = [
        _one_line(numbered_title(proof)),
        written_date(proof.date, proof.language),
        "",
        *(f"- {headline}" for headline in shown),
        *([f"- {words.more.format(count=rest)}"] if rest else []),
        "",
        f"{words.attached} ({file_label(file, proof.language)})",
    ]
    return "\n".join(lines) + "\n"


def _digest(proof: Proof, recipient: str, file: File) -> str:
    return hashlib.sha256("\n".join([proof.series, proof.week, recipient, file.sha256]).encode()).hexdigest()[:32]


def _one_line(text: str) -> str:
    """Words that cannot begin a header of their own."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _ascii(name: str) -> str:
    """A file's name that every mail program can take."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(each for each in plain if each.isascii() and (each.isalnum() or each in "._-")) or "issue"
