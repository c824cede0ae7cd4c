"""One reader on a kept connection."""

import gzip
import http.client
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Got:
    status: int
    etag: str
    body: bytes

    def text(self) -> str:
        is_packed = self.body[:2] == b"\x1f\x8b"
        return (gzip.decompress(self.body) if is_packed else self.body).decode()


class Reader:
    def __init__(self, port: int, *, host: str = "127.0.0.1") -> None:
        self._headers = {"Host": f"{host}:{port}", "Accept-Encoding": "gzip"}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Got:
        """Raises OSError; a connection that was closed between two requests is opened again."""
        try:
            return self._get(path, headers or {})
        except (http.client.HTTPException, ConnectionError):
            self._connection.close()
            return self._get(path, headers or {})

    def _get(self, path: str, headers: Mapping[str, str]) -> Got:
        self._connection.request("GET", path, headers={**self._headers, **headers})
        answer = self._connection.getresponse()
        return Got(answer.status, answer.headers.get("ETag", ""), answer.read())

    def close(self) -> None:
        self._connection.close()
