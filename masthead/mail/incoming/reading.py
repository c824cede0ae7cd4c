"""What an incoming message is, and about which mail of ours. From its bytes alone."""

import re
from dataclasses import dataclass, replace
from email.message import Message
from hashlib import sha256

from masthead.mail.incoming.complaints import read_complaint
from masthead.mail.incoming.dsn import is_report, read_report
from masthead.mail.incoming.free_form import looks_like_bounce, read_free_form
from masthead.mail.incoming.machines import is_of_machine
from masthead.mail.incoming.message import header, headers, parse, parts_of, text_of
from masthead.mail.incoming.verdicts import says
from masthead.mail.models import Feedback
from masthead.mail.verp import find_mark

Kind = Feedback.Kind
TO = ("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "To", "Cc")
LEAVE = re.compile(r"\+leave-|^\W*(?:leave|unsubscribe)\W+[a-z]\d+-[a-z2-7]{12}\W*$", re.IGNORECASE)
MESSAGE_ID = re.compile(r"^[>\s]*Message-ID\s*:\s*<([^<>\s]{3,200})>", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Reading:
    """
    about: the mark that a return path or a Message-ID of ours proves; empty without a proof.
    names: Message-IDs in what came back, for ledgers whose own do not carry a mark.
    """

    kind: Feedback.Kind
    address: str = ""
    code: str = ""
    words: str = ""
    about: str = ""
    names: tuple[str, ...] = ()


def read_message(raw: bytes, *, recipient: str = "") -> list[Reading]:
    """One reading for each recipient that is spoken of. recipient: the envelope's, where known."""
    message = parse(raw)
    names = _returned_names(message)
    about = _mark(message, recipient, names)
    found = _read(message, recipient)
    return [replace(each, about=about, names=names) for each in found]


def key_of(raw: bytes) -> str:
    """The same each time this message is read, by whichever way it comes."""
    message = parse(raw)
    parts = [header(message, name) for name in ("Message-ID", "Date", "From", "To", "Subject")]
    if not parts[0]:
        parts.append(raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("latin-1"))
    return f"m:{sha256(chr(0).join(parts).encode()).hexdigest()}"


def _read(message: Message, recipient: str) -> list[Reading]:
    if complaint := read_complaint(message):
        return [Reading(complaint.kind, complaint.address, words=complaint.words)]
    refusals = read_report(message) if is_report(message) or not _is_left(message) else []
    if refusals:
        return [Reading(each.kind, each.address, each.code, each.words) for each in refusals]
    sender = _sender(message)
    subject = header(message, "Subject")
    if is_report(message) or looks_like_bounce(message):
        if not _answers_for_somebody(message):
            free = read_free_form(message)
            return [Reading(free.kind, free.address, free.code, free.words)]
        return [Reading(Kind.MACHINE, sender, words=subject)]
    if is_of_machine(message):
        return [Reading(Kind.MACHINE, sender, words=subject)]
    if _is_left(message) or any(LEAVE.search(each) for each in (recipient, *_recipients(message))):
        return [Reading(Kind.LEFT, sender, words=subject)]
    return [Reading(Kind.OTHER, sender, words=subject)]


def _answers_for_somebody(message: Message) -> bool:
    """An absence that is sent from a server's address, or says “undelivered” in its subject."""
    return says("machine_subject", header(message, "Subject")) and not header(
        message, "X-Failed-Recipients"
    )


def _is_left(message: Message) -> bool:
    subject = header(message, "Subject")
    if LEAVE.search(subject) or says("leave", subject):
        return True
    if len(subject.strip(" .-")) > 2 and not re.fullmatch(r"(?i)(?:re|aw|sv|tr|fwd?):.*", subject):
        return False
    lines = (line for part in parts_of(message) for line in text_of(part).splitlines())
    first = next((line.strip() for line in lines if line.strip()), "")
    return len(first) < 80 and says("leave", first)


def _sender(message: Message) -> str:
    found = re.search(r"[^\s<>\"']+@[^\s<>\"']+", header(message, "From"))
    return found.group().lower() if found else ""


def _recipients(message: Message) -> list[str]:
    return [value for name in TO for value in headers(message, name)]


def _returned_names(message: Message) -> tuple[str, ...]:
    """Message-IDs in the copy of our mail; not the one of what came in itself."""
    own = header(message, "Message-ID").strip("<> ")
    names = [header(message, "In-Reply-To"), *header(message, "References").split()]
    for part in parts_of(message):
        inside = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inside, list):
            copies = (each for each in inside if isinstance(each, Message))
            names += [header(each, "Message-ID") for each in copies]
        elif part is not message or not part.is_multipart():
            names += MESSAGE_ID.findall(text_of(part))
    clean = dict.fromkeys(name.strip("<> ") for name in names)
    return tuple(name for name in clean if name and name != own)[:10]


def _mark(message: Message, recipient: str, names: tuple[str, ...]) -> str:
    subject = header(message, "Subject") if LEAVE.search(header(message, "Subject")) else ""
    places = (recipient, *_recipients(message), subject, *names)
    return next(filter(None, map(find_mark, places)), "")
