"""Bringing the code of a gift."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from masthead.memberships.gifts import NoSuchGift, redeem_gift
from masthead.memberships.views.pages import answer, sheet_of
from masthead.press.cookie import give_class_of
from masthead.readers.signing_in import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
def redeem(request: HttpRequest) -> HttpResponse:
    """For whoever is signed in: the days belong to an address that is theirs."""
    reader = reader_of(request)
    if reader is None:
        return answer(request, "elsewhere", _("Redeem a gift"), to="membership/gift/")
    if request.method != "POST":
        return answer(request, "gift", _("Redeem a gift"), trouble="")
    now = timezone.now()
    try:
        redeem_gift(code=request.POST.get("code", "")[:60], reader=reader, at=now)
    except NoSuchGift as trouble:
        return answer(request, "gift", _("Redeem a gift"), status=422, trouble=str(trouble))
    response = HttpResponseRedirect(sheet_of(request).url("membership/"), status=303)
    give_class_of(response, reader=reader, at=now)
    return response
