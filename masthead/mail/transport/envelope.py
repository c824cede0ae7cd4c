"""What an SMTP server is told about a mail, and the message in the form it wants."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP

import idna

from masthead.mail.transport import Mail

_ADDRESS = re.compile(r"[^\x00-\x20\x7f<>]+@[^\x00-\x20\x7f<>@]+")
_DOT = re.compile(rb"\n\.")
_HEAD_END = b"\r\n\r\n"


class CannotBeSent(Exception):
    """A mail that this server can never take; the text says why."""


@dataclass(frozen=True)
class Features:
    """What the server said it can do, in answer to EHLO."""

    pipelining: bool = False
    eight_bit: bool = False
    utf8: bool = False
    size: int | None = None  # None: says nothing about sizes; 0: no limit told

    @classmethod
    def of(cls, said: dict[str, str]) -> "Features":
        size = said.get("size", "0")
        return cls(
            pipelining="pipelining" in said,
            eight_bit="8bitmime" in said,
            utf8="smtputf8" in said,
            size=(int(size) if size.isdigit() else 0) if "size" in said else None,
        )


@dataclass(frozen=True)
class Envelope:
    """Commands in their order, and the message with its dots doubled and the final one."""

    mail: Mail
    mail_from: bytes
    rcpt_to: bytes
    message: bytes = field(repr=False)


def envelope(mail: Mail, server: Features) -> Envelope:
    """Raises CannotBeSent."""
    sender, sender_utf8 = _address(mail.sender) if mail.sender else ("", False)
    recipient, recipient_utf8 = _address(mail.recipient)
    data, options = mail.data, []
    utf8 = sender_utf8 or recipient_utf8
    if not data.isascii():
        utf8 = utf8 or not data.partition(_HEAD_END)[0].isascii()
        if server.eight_bit:
            options.append("BODY=8BITMIME")
        else:
            data = _in_seven_bits(data)
    if utf8:
        if not server.utf8:
            raise CannotBeSent("The mail server takes no addresses or headers beyond ASCII.")
        options.append("SMTPUTF8")
    if server.size is not None:
        if 0 < server.size < len(data):
            raise CannotBeSent(f"The mail server takes at most {server.size} bytes.")
        options.append(f"SIZE={len(data)}")
    return Envelope(
        mail,
        f"MAIL FROM:<{sender}>{''.join(f' {each}' for each in options)}\r\n".encode(),
        f"RCPT TO:<{recipient}>\r\n".encode(),
        _stuffed(data),
    )


def _address(address: str) -> tuple[str, bool]:
    """As the server is told it, and whether that is beyond ASCII."""
    if len(address) > 320 or not _ADDRESS.fullmatch(address):
        raise CannotBeSent(f"Not an address: {address[:100]!r}.")
    if address.isascii():
        return address, False
    local, _, domain = address.rpartition("@")
    try:
        host = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError as error:
        raise CannotBeSent(f"Not a domain: {domain[:100]!r}.") from error
    return f"{local}@{host}", not local.isascii()


def _stuffed(data: bytes) -> bytes:
    if not data.endswith(b"\r\n"):
        data += b"\r\n"
    if data.startswith(b"."):
        data = b"." + data
    if _DOT.search(data):  # more than twice as fast as `in`
        data = data.replace(b"\r\n.", b"\r\n..")
    return data + b".\r\n"


def _in_seven_bits(data: bytes) -> bytes:
    """For a server of the old kind: 8-bit parts are encoded anew. Costs milliseconds."""
    return message_from_bytes(data, policy=SMTP.clone(cte_type="7bit")).as_bytes()
