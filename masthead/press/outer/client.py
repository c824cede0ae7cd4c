"""
Asking the operator's own caches.

Not through `core.outbound`: that asks only the public internet on the ports of the web, whatever
a text says; this asks only what the operator has set, nearly always this machine or its
neighbour. No address comes from a page, a person or an answer: the origin is the setting's, and
redirects are not followed. A test holds `core.outbound` to be the only way out but for this one.
"""

from collections.abc import Mapping
from contextlib import closing
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

SECONDS = urllib3.Timeout(connect=1.0, read=3.0)
# What is read of an answer, so that the connection can be used again.
MOST_BYTES = 65_536


class NotTold(Exception):
    """The cache did not do as it was told; the text is for the operator, without secrets."""


class Line:
    """A kept connection to one cache; the addresses asked are all below its origin."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host = parts.netloc
        self.path = parts.path or "/"
        origin = f"{parts.scheme}://{parts.netloc}"
        self._pool = urllib3.connection_from_url(origin, maxsize=1, timeout=SECONDS)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> int:
        """The answer's status. Raises NotTold when there is none."""
        try:
            answer = self._pool.request(
                method,
                path,
                body=body,
                headers={"User-Agent": "Masthead", **headers},
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
            with closing(answer):
                if len(answer.read(MOST_BYTES)) < MOST_BYTES:
                    answer.release_conn()
        except (HTTPError, OSError) as error:
            raise NotTold(f"{self.host} did not answer ({type(error).__name__}).") from error
        return answer.status

    def close(self) -> None:
        self._pool.close()
