"""What the payment provider calls, and the stand-in's pages."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from masthead.memberships.intake import take_notice
from masthead.memberships.notices import MOST_BYTES
from masthead.memberships.providers.base import NotGenuine
from masthead.memberships.providers.choosing import is_stand_in, stand_in

PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
)


@csrf_exempt
@require_POST
def stripe_notice(request: HttpRequest) -> HttpResponse:
    """
    Stripe's events: 200 when it is kept, 400 for what nobody genuine has sent. The app behind the
    door takes them before they come here (`memberships.notices`).
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    headers = {"stripe-signature": request.headers.get("Stripe-Signature", "")}
    try:
        take_notice(body=request.body, headers=headers, at=timezone.now())
    except NotGenuine:
        return HttpResponse(status=400)
    return HttpResponse(status=200)


@csrf_exempt  # the page stands for another site's
def stand_in_page(request: HttpRequest, path: str) -> HttpResponse:
    """Never beside a real account."""
    if not is_stand_in():
        raise Http404
    form = {name: request.POST.get(name, "") for name in request.POST}
    page = stand_in().page(request.method or "GET", path, form)
    if page.location:
        return HttpResponseRedirect(page.location, status=303)
    response = HttpResponse(page.html, status=page.status)
    response["Content-Security-Policy"] = PAGE_POLICY
    response["Cache-Control"] = "private, no-store"
    return response
