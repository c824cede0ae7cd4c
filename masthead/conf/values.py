"""What settings may be: text or TOML in, the value used out. ValueError or KeyError else."""

from typing import Any
from urllib.parse import urlsplit


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
