"""The signature of OAuth 1.0a (RFC 5849) with HMAC-SHA1, which X asks of a user's own keys."""

import base64
import hashlib
import hmac
import secrets
import time
from urllib.parse import parse_qsl, quote, urlsplit


def authorization(
    method: str,
    url: str,
    *,
    consumer: tuple[str, str],
    token: tuple[str, str],
    nonce: str = "",
    at: int | None = None,
) -> str:
    """The header's value. consumer, token: name and secret of each. A JSON body is not signed."""
    parts = urlsplit(url)
    own = {
        "oauth_consumer_key": consumer[0],
        "oauth_nonce": nonce or secrets.token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(time.time()) if at is None else at),
        "oauth_token": token[0],
        "oauth_version": "1.0",
    }
    signed = sorted([*own.items(), *parse_qsl(parts.query, keep_blank_values=True)])
    line = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in signed)
    base = "&".join(
        _quoted(each) for each in (method, f"{parts.scheme}://{parts.netloc}{parts.path}", line)
    )
    key = f"{_quoted(consumer[1])}&{_quoted(token[1])}"
    digest = hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
    own["oauth_signature"] = base64.b64encode(digest).decode()
    return "OAuth " + ", ".join(
        f'{_quoted(name)}="{_quoted(value)}"' for name, value in sorted(own.items())
    )


def _quoted(text: str) -> str:
    return quote(text, safe="-._~")
