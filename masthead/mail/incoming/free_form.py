"""Bounces written for people, in the many ways that servers have: no report is in them."""

import re
from email.message import Message

from masthead.mail.incoming.dsn import ADDRESS, Refusal
from masthead.mail.incoming.message import header, headers, parts_of, text_of
from masthead.mail.incoming.verdicts import says, status_in, verdict
from masthead.mail.models import Feedback

Kind = Feedback.Kind
DAEMON = re.compile(
    r"mailer-?daemon|postmaster|mail ?delivery|mail ?(?:er)? ?sub ?system|double-bounce|mdaemon"
    r"|^(?:<>)?$|bounce|mail.?server|mailadmin|system administrator|microsoftexchange"
    r"|returned|no-?reply.*delivery|mailsystem",
    re.IGNORECASE,
)
# From here on stands the mail that came back.
RETURNED = re.compile(
    r"^(?:-{2,}\s*)?.{0,30}(?:below this line is a copy|this is a copy of|original message"
    r"|message header follows|returned message|unsent message|original headers"
    r"|ursprüngliche nachricht|message d'origine|mensaje original|исходное сообщение|原始邮件"
    r"|元のメッセージ|received: from)",
    re.IGNORECASE | re.MULTILINE,
)
TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>@]{0,400}>", re.I | re.S)
NAMED = re.compile(
    r"(?:^|\s)(?:to|for|recipient|address|an|empfänger|destinataire|destinatario|получатель|宛先|收件人)"
    r"\s*(?:address)?\s*[:：]?\s*<?([^\s<>;,\"'()]+@[A-Za-z0-9.-]+[A-Za-z0-9])",
    re.IGNORECASE | re.MULTILINE,
)


def looks_like_bounce(message: Message) -> bool:
    if header(message, "X-Failed-Recipients"):
        return True
    sender = header(message, "From") or header(message, "Return-Path")
    said = says("bounce_subject", header(message, "Subject"))
    return bool(said or (DAEMON.search(sender) and _speaks_of_a_mail(message)))


def read_free_form(message: Message) -> Refusal:
    text = text_before_copy(message)
    words = f"{header(message, 'Subject')}\n{text}"
    kind = verdict(status=status_in(text), words=text)
    if says("delayed", words):
        kind = Kind.MACHINE
    return Refusal(kind, _address(message, text), status_in(text), text[:300])


def text_before_copy(message: Message) -> str:
    """What the server says, without the copy of what it could not deliver."""
    plain = [text_of(p) for p in parts_of(message) if p.get_content_type() == "text/plain"]
    pages = [text_of(p) for p in parts_of(message) if p.get_content_type() == "text/html"]
    text = next(filter(str.strip, plain), "") or TAG.sub(" ", " ".join(pages[:1]))
    # At the very beginning it is no copy, but the heading of the whole.
    found = RETURNED.search(text, 40)
    return text[: found.start()] if found else text


def _speaks_of_a_mail(message: Message) -> bool:
    text = text_before_copy(message)
    return any(says(each, text) for each in ("gone", "full", "blocked", "later", "bounce_subject"))


def _address(message: Message, text: str) -> str:
    for named in headers(message, "X-Failed-Recipients"):
        if found := ADDRESS.search(named):
            return found.group().lower()
    for pattern in (NAMED, ADDRESS):
        for found in pattern.finditer(text):
            address = found.group(found.lastindex or 0).lower().strip(".")
            if not DAEMON.search(address):
                return address
    return ""
