"""Reports of mail servers in the form of RFC 3464, also when they are cut short or mislabelled."""

import re
from dataclasses import dataclass
from email.message import Message

from masthead.mail.incoming.message import header, parts_of, text_of
from masthead.mail.incoming.verdicts import says, status_in, verdict
from masthead.mail.models import Feedback

Kind = Feedback.Kind
FIELD = re.compile(
    r"^\s{0,4}>?\s?(Action|Status|Diagnostic-Code|Final-Recipient|Original-Recipient"
    r"|X-Actual-Recipient|X-Display-Name)\s*:[ \t]*(.*(?:\r?\n[ \t]+\S.*)*)",
    re.IGNORECASE | re.MULTILINE,
)
FAILED, NOT_FAILED = {"failed", "failure", "fail", "bounced"}, {"delayed", "delivered", "relayed"}
NOT_FAILED |= {"expanded"}
ADDRESS = re.compile(r"[^\s<>;,\"'()\[\]]+@[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]")


@dataclass(frozen=True)
class Refusal:
    """What is said of one recipient."""

    kind: Feedback.Kind
    address: str
    code: str
    words: str


def read_report(message: Message) -> list[Refusal]:
    """What is said of each recipient; empty when it is no such report."""
    words = " ".join(text_of(p) for p in parts_of(message) if p.get_content_type() == "text/plain")
    for part in parts_of(message):
        if part.get_content_type() in {"message/delivery-status", "text/delivery-status"}:
            groups = _groups(_whole_text(part))
            return [_refusal(fields, words) for fields in groups]
    groups = _groups(words)
    return [_refusal(fields, words) for fields in groups if "status" in fields]


def _whole_text(part: Message) -> str:
    payload = part.get_payload()
    if not isinstance(payload, list):
        return text_of(part)
    blocks = []
    for block in payload:
        if not isinstance(block, Message):
            continue
        lines = [f"{name}: {value}" for name, value in block.items()]
        # A server that begins with an empty line, or a broken one, leaves the rest as text.
        blocks.append("\n".join([*lines, text_of(block)]))
    return "\n\n".join(blocks)


def _groups(text: str) -> list[dict[str, str]]:
    """The fields of each recipient; a recipient begins where a field comes a second time."""
    groups: list[dict[str, str]] = []
    for found in FIELD.finditer(text):
        name, value = found.group(1).lower(), " ".join(found.group(2).split())
        starts = not groups or (name in groups[-1] and name != "diagnostic-code")
        if starts:
            groups.append({})
        groups[-1].setdefault(name, value)
    return [each for each in groups if {"action", "status", "final-recipient"} & each.keys()]


def _refusal(fields: dict[str, str], words: str) -> Refusal:
    action = re.split(r"[\s;(]", fields.get("action", "").lower(), maxsplit=1)[0]
    said = fields.get("diagnostic-code", "")
    status = status_in(fields.get("status", "")) or status_in(said)
    # Where the report itself says nothing, the letter around it does.
    kind = verdict(status=status, words=said or words)
    if said and kind is Kind.SOFT and not _is_plain(status, said):
        kind = verdict(status=status, words=f"{said} {words}")
    is_none = action in NOT_FAILED or (not action and says("delayed", words))
    if is_none or fields.get("status", "").startswith("2."):
        kind = Kind.MACHINE
    return Refusal(kind, _address(fields), status, said or words[:300])


def _is_plain(status: str, said: str) -> bool:
    """Whether the server's words, or a code of the narrow kind, have decided already."""
    return any(says(each, said) for each in ("blocked", "full", "later")) or (
        status not in {"", "5.0.0", "5.3.0", "5.5.0"} and not status.startswith("5.0.")
    )


def _address(fields: dict[str, str]) -> str:
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        found = ADDRESS.search(fields.get(name, "").partition(";")[2] or fields.get(name, ""))
        if found:
            return found.group().lower()
    return ""


def is_report(message: Message) -> bool:
    kind = message.get_content_type()
    wanted = header(message, "Content-Type").lower()
    return kind == "multipart/report" and "feedback-report" not in wanted
