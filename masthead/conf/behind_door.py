"""What the front door says of a request, as Django expects to find it."""

from collections.abc import Callable, Iterable
from typing import Any

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BehindDoor:
    """
    The socket that this listens on is open to the front door alone, so its word is taken.

    behind_proxy: a proxy stands in front of the door; then the last address is the proxy's own.
    """

    def __init__(self, application: Wsgi, *, behind_proxy: bool) -> None:
        self.application = application
        self.hops = 2 if behind_proxy else 1

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        chain = [each.strip() for each in environ.pop("HTTP_X_FORWARDED_FOR", "").split(",")]
        environ["REMOTE_ADDR"] = chain[-self.hops] if len(chain) >= self.hops else chain[0]
        # A chain of proxies may have made it a list; the nearest one's word comes last.
        said = environ.pop("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
        environ["wsgi.url_scheme"] = "https" if said == "https" else "http"
        environ.pop("HTTP_X_FORWARDED_HOST", None)
        return self.application(environ, start_response)
