"""Complaints of readers, passed on by their mail providers: ARF (RFC 5965) and older forms."""

import re
from dataclasses import dataclass
from email.message import Message

from masthead.mail.incoming.dsn import ADDRESS
from masthead.mail.incoming.message import header, parts_of, text_of
from masthead.mail.models import Feedback

Kind = Feedback.Kind
FIELD = re.compile(
    r"^(Feedback-Type|Original-Rcpt-To|Removal-Recipient)[ \t]*:[ \t]*(.+)$", re.I | re.M
)
MEANS = {
    "abuse": Kind.COMPLAINT,
    "fraud": Kind.COMPLAINT,
    "virus": Kind.COMPLAINT,
    "miscategorized": Kind.COMPLAINT,
    "complaint": Kind.COMPLAINT,
    "opt-out": Kind.LEFT,
    "opt-out-list": Kind.LEFT,
    "not-spam": Kind.MACHINE,  # somebody has taken it out of the spam folder
    "auth-failure": Kind.MACHINE,  # a report of a policy (RFC 6591), not of a person
    "dmarc": Kind.MACHINE,
}


@dataclass(frozen=True)
class Complaint:
    kind: Feedback.Kind
    address: str
    words: str


def read_complaint(message: Message) -> Complaint | None:
    """None when it is none."""
    for part in parts_of(message):
        if part.get_content_type() == "message/feedback-report":
            return _from_fields(_text(part))
    if "report-type=feedback-report" in header(message, "Content-Type").replace('"', "").lower():
        return _from_fields("\n".join(text_of(part) for part in parts_of(message)))
    if original := header(message, "X-HmXmrOriginalRecipient"):  # Outlook.com
        return Complaint(Kind.COMPLAINT, original.lower(), "junk mail report")
    if header(message, "X-Loop").lower() == "scomp" or _is_old_form(message):
        return Complaint(Kind.COMPLAINT, "", header(message, "Subject"))
    return None


def _is_old_form(message: Message) -> bool:
    sender = header(message, "From").lower()
    subject = header(message, "Subject").lower()
    from_loop = re.search(r"(?:fbl|feedback-?loop|abuse|complaints?|scomp)[\w.-]*@", sender)
    return bool(from_loop and re.search(r"abuse report|complaint|spam report|junk", subject))


def _text(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n".join(
            f"{name}: {value}"
            for block in payload
            if isinstance(block, Message)
            for name, value in block.items()
        )
    return text_of(part)


def _from_fields(text: str) -> Complaint:
    fields = {name.lower(): value.strip() for name, value in FIELD.findall(text)}
    said = fields.get("feedback-type", "abuse").lower()
    found = ADDRESS.search(fields.get("original-rcpt-to", fields.get("removal-recipient", "")))
    return Complaint(MEANS.get(said, Kind.COMPLAINT), found.group().lower() if found else "", said)
