"""The headers of a real message, as it would go out."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy

from masthead.mail.doctor.findings import Finding, failed, passed, warned

NEEDED = ("From", "To", "Subject", "Date", "Message-ID")
ONCE = (*NEEDED, "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id")
LONGEST = 998


def look_at_headers(raw: bytes, about: str, *, is_edition: bool) -> Iterator[Finding]:
    """RFC 5322 for each mail; RFC 2369 and 8058 too for editions."""
    head = raw.partition(b"\r\n\r\n")[0]
    message = message_from_bytes(raw, policy=policy.compat32)
    missing = [name for name in NEEDED if name not in message]
    twice = [name for name in ONCE if len(message.get_all(name, [])) > 1]
    if missing or twice:
        yield failed("Headers", about, f"{', '.join(missing + twice)}: must be there once.")
    elif any(len(line) > LONGEST for line in head.split(b"\r\n")):
        yield failed("Headers", about, "A line is longer than 998 bytes.")
    else:
        yield passed("Headers", about, "Complete.")
    if is_edition:
        yield _one_click(head.decode("utf-8", "replace"), about)
        yield _list(message.get("List-Id"), about)


def _one_click(head: str, about: str) -> Finding:
    lines = re.findall(r"(?im)^List-Unsubscribe:[ \t]*(.*)\r?$", head)
    posts = re.findall(r"(?im)^List-Unsubscribe-Post:[ \t]*(.*?)[ \t]*\r?$", head)
    if not lines or posts != ["List-Unsubscribe=One-Click"]:
        return failed(
            "One click", about, "List-Unsubscribe and List-Unsubscribe-Post must be there."
        )
    addresses = re.findall(r"<([^<>\s]+)>", lines[0])
    if sum(address.lower().startswith("https://") for address in addresses) != 1:
        return failed("One click", about, "It needs exactly one https address; set network_url.")
    if re.search(r"(?im)^List-Unsubscribe:.*\r?\n[ \t]", head):
        return failed("One click", about, "List-Unsubscribe is folded; relays break it.")
    return passed("One click", about, "RFC 8058, on one line; let the signer cover both headers.")


def _list(value: str | None, about: str) -> Finding:
    if value is None or not re.search(r"<[A-Za-z0-9._-]+\.[A-Za-z0-9._-]+>", value):
        return warned("List-Id", about, "Without List-Id filters and loops cannot name the list.")
    return passed("List-Id", about, value)
