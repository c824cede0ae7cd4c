"""
Which sign-ups are taken.

The box stands on pages that are the same for everybody, so it carries no secret of one visitor.
What remains: where the browser says the form stood, a field that people do not see, and the budget.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest

HONEYPOT = "website"


def is_from_here(request: HttpRequest) -> bool:
    """
    Whether the form stood on a page of this host. Browsers say so by themselves, and no page can
    make them say otherwise; what says nothing is no browser of somebody else's reader.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def is_filled_by_machine(request: HttpRequest) -> bool:
    return bool(request.POST.get(HONEYPOT, ""))
