"""
The one way out: every request this program makes of another machine goes through `fetch`.

A name is resolved once; every address it has must be public; the connection goes to exactly the
address that was checked, while TLS still proves the name. Redirects are checked the same way.
No cookies, no proxies from the environment, no more bytes and no more time than was said.
"""

from masthead.core.outbound.client import Answer, fetch
from masthead.core.outbound.errors import OutboundError, Refused, TooLarge, TooSlow, Unreachable
from masthead.core.outbound.guard import Guard, guarded_by

__all__ = [
    "Answer",
    "Guard",
    "OutboundError",
    "Refused",
    "TooLarge",
    "TooSlow",
    "Unreachable",
    "fetch",
    "guarded_by",
]
