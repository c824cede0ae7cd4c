"""
Any program that wants to be told of every release: a signed POST to its address.

The signature is that of Standard Webhooks: HMAC-SHA256 over "id.timestamp.body".
"""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from masthead.posting.networks.asking import ask
from masthead.posting.networks.base import Access, Draft, Network, Posted

PREFIX = "whsec_"


class Webhook(Network):
    """Told at least once; the id is the same at every try, so the other side can leave out one
    that it had."""

    key = "webhook"
    tells_every_release = True

    def check(self, access: Access) -> str:
        _tell(access, {"type": "ping"}, key=f"ping-{int(time.time())}")
        return access.handle

    def post(self, access: Access, draft: Draft) -> Posted:
        _tell(access, draft.event, key=draft.key)
        return Posted(remote_id=draft.key)


def signature(secret: str, *, key: str, at: int, body: bytes) -> str:
    signed = f"{key}.{at}.".encode() + body
    digest = hmac.new(_bytes_of(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _bytes_of(secret: str) -> bytes:
    """`whsec_` and base64, as most programs write it; anything else is taken as it is."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except ValueError:
            return secret.encode()
    return secret.encode()


def _tell(access: Access, event: dict[str, Any], *, key: str) -> None:
    at = int(time.time())
    body = json.dumps({"id": key, **event}, ensure_ascii=False).encode()
    headers = {
        "webhook-id": key,
        "webhook-timestamp": str(at),
        "webhook-signature": signature(access.secrets["signing_secret"], key=key, at=at, body=body),
    }
    ask("POST", access.server, body=body, mime="application/json", headers=headers, reads=False)
