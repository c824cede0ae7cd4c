"""Codes for a lower price."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from masthead.accounts.models import User
from masthead.memberships import planning
from masthead.memberships.desk.doorways import places_to_choose, refuse_others
from masthead.memberships.desk.plan_forms import CodeForm
from masthead.memberships.money import in_words
from masthead.memberships.providers.base import Discount, ProviderTrouble
from masthead.memberships.providers.choosing import provider


def _seller(request: HttpRequest) -> User:
    """A code is good for every plan, so whoever offers one may make and end codes."""
    by = refuse_others(request)
    if not places_to_choose(by):
        raise PermissionDenied
    return by


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    by, trouble = _seller(request), ""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.make_code(wish=form.wish(), by=by, at=timezone.now())
        except ProviderTrouble as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The code is good from now on."))
            return redirect("memberships:codes")
    codes: list[dict[str, Any]] = []
    try:
        codes = [{"it": each, "words": in_a_line(each)} for each in provider().discounts()]
    except ProviderTrouble as refused:
        trouble = str(refused)
    return render(
        request, "memberships/desk/codes.html", {"form": form, "codes": codes, "trouble": trouble}
    )


@require_POST
def end(request: HttpRequest, ref: str) -> HttpResponse:
    by = _seller(request)
    try:
        planning.end_code(ref=ref, by=by, at=timezone.now())
    except ProviderTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Nobody can use this code any more."))
    return redirect("memberships:codes")


def in_a_line(code: Discount) -> str:
    """“20 % off, for 3 months”."""
    percent = f"{code.percent:g} %"
    off = percent if code.percent else in_words(code.amount_cents, code.currency)
    how_long = {
        "once": _("the first payment"),
        "repeating": _("%(months)d months") % {"months": code.months},
        "forever": _("as long as it runs"),
    }[code.lasts]
    return _("%(off)s off, %(how_long)s") % {"off": off, "how_long": how_long}
