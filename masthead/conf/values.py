"""What settings may be: text or TOML in, the value used out. ValueError or KeyError else."""

from typing import Any
from urllib.parse import urlsplit

from masthead.mail.transport.known import read_mail_url

MAILBOXES = ("imaps", "imap", "pop3s", "pop3")


def flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    answers = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return answers[str(value).strip().lower()]


def address(value: Any) -> str:
    text = str(value).rstrip("/")
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ValueError(text)
    _ = parts.port  # raises ValueError for one that is none
    return text


def mail_address(value: Any) -> str:
    text = str(value)
    if text:
        read_mail_url(text)
    return text


def hosts(value: Any) -> list[str]:
    names = value.split(",") if isinstance(value, str) else list(value)
    return [name.strip().lower() for name in names if name.strip()]


def keys(value: Any) -> list[str]:
    keys = value.split(",") if isinstance(value, str) else list(value)
    return [key.strip() for key in keys if key.strip()]


def outer_caches(value: Any) -> list[str]:
    """Each: a kind, an address, and name=value pairs. Which kinds there are is known later."""
    lines = [line.strip() for line in (value.split(",") if isinstance(value, str) else value)]
    for line in filter(None, lines):
        _kind, url, *options = line.split()
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise ValueError(line)
        _ = parts.port
        if not all(option.partition("=")[1] for option in options):
            raise ValueError(line)
    return [line for line in lines if line]


def return_path(value: Any) -> str:
    """An address to whose local part something may be added after a plus sign."""
    text = str(value).strip().lower()
    local, _, host = text.rpartition("@")
    if text and (not local or len(local) > 30 or not host or "+" in local or " " in text):
        raise ValueError(text)
    return text


def mailbox(value: Any) -> str:
    text = str(value)
    parts = urlsplit(text)
    if text and (parts.scheme not in MAILBOXES or not parts.hostname or not parts.username):
        raise ValueError(text)
    _ = parts.port
    return text


def pairs(value: Any) -> dict[str, str]:
    """Entries such as name=value; a table in `masthead.toml`."""
    if isinstance(value, dict):
        return {str(name): str(each) for name, each in value.items()}
    lines = value.split(",") if isinstance(value, str) else list(value)
    pairs = [line.strip().partition("=") for line in lines if line.strip()]
    if not all(name and each for name, _equals, each in pairs):
        raise ValueError(value)
    return {name.strip(): each.strip() for name, _equals, each in pairs}


def senders(value: Any) -> dict[str, str]:
    found = pairs(value)
    if not all("@" in address.strip("@") for address in found.values()):
        raise ValueError(value)
    return found


def letterhead(value: Any) -> list[str]:
    """Lines with | between them, or a list."""
    lines = value.split("|") if isinstance(value, str) else list(value)
    return [str(line).strip() for line in lines if str(line).strip()]


def tax_percent(value: Any) -> float:
    percent = float(value)
    if not 0 <= percent <= 50:
        raise ValueError(value)
    return percent


def stripe_key(value: Any) -> str:
    key = str(value).strip()
    if key and not key.startswith(("sk_test_", "sk_live_", "rk_test_", "rk_live_")):
        raise ValueError("a key of another kind")
    return key


def count(value: Any) -> int:
    number = int(value)
    if number < 1:
        raise ValueError(number)
    return number


def scorer(value: Any) -> str:
    """A kind and what it needs; empty for none."""
    kind, *given = str(value).split() or [""]
    if not kind:
        return ""
    parts = urlsplit(given[0]) if kind == "http" and given else None
    is_http = parts is not None and parts.scheme in {"http", "https"} and parts.hostname
    if not (is_http and len(given) <= 2) and not (kind == "akismet" and len(given) == 1):
        raise ValueError(value)
    return str(value)


def hold_or_open(value: Any) -> str:
    return {"hold": "hold", "open": "open"}[str(value).strip().lower()]
