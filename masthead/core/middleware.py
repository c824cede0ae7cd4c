"""Headers that every answer carries, unless its view has set its own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# The desk is Wagtail's: its scripts and styles are its own files, some of them inline.
DESK_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; object-src 'none';"
    " frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'self'"
)
EVERYWHERE = {
    # Readers' pages say that they may be shared; nothing else is for a cache on the way.
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": DESK_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        return response
