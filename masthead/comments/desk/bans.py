"""The moderators' screen of bans: who is shut out, by whom and why; shutting out and letting in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from masthead.comments.actions.banning import (
    AlreadyBanned,
    AlreadyLifted,
    NoSuchRange,
    ban,
    lift_ban,
)
from masthead.comments.desk.doorways import get_ban, get_outlets, moderator
from masthead.comments.desk.views import answer
from masthead.comments.models import Ban, Comment, Reason
from masthead.comments.rules import may_moderate_all
from masthead.comments.wording import why_decided
from masthead.outlets.models import Outlet

SHOWN = 100
LENGTHS = [("1", _("a day")), ("7", _("a week")), ("30", _("a month")), ("", _("for good"))]


class BanForm(forms.Form):
    comment = forms.UUIDField(required=False, widget=forms.HiddenInput)
    pattern = forms.CharField(label=_("E-mail addresses like"), required=False, max_length=254)
    network = forms.CharField(label=_("Range of network addresses"), required=False, max_length=50)
    days = forms.ChoiceField(label=_("For"), choices=LENGTHS, required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices)
    words = forms.CharField(label=_("To the author"), required=False, max_length=1_000)
    hides = forms.BooleanField(label=_("Take away everything they wrote"), required=False)
    everywhere = forms.BooleanField(label=_("On all titles"), required=False)
    outlet = forms.SlugField(label=_("Title"), required=False)


@require_http_methods(["GET", "POST"])
def bans(request: HttpRequest) -> HttpResponse:
    outlets = get_outlets(request)
    form = BanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ban(by=moderator(request), at=timezone.now(), **_asked(request, form, outlets))
        except (AlreadyBanned, NoSuchRange, forms.ValidationError) as refusal:
            words = refusal.message if isinstance(refusal, forms.ValidationError) else str(refusal)
            return answer(request, str(words), status=409)
        return answer(request, str(_("Banned.")))
    rows = (
        Ban.objects.filter(Q(outlet=None) | Q(outlet__in=outlets))
        .select_related("reader", "outlet", "by", "lifted_by")
        .order_by("-since", "-pk")[:SHOWN]
    )
    context = {
        "bans": [(row, why_decided(row.reason)) for row in rows],
        "form": form,
        "outlets": outlets,
        "may_ban_everywhere": may_moderate_all(request.user),
    }
    return render(request, "comments/desk/bans.html", context)


def _asked(request: HttpRequest, form: BanForm, outlets: list[Outlet]) -> dict[str, Any]:
    given = form.cleaned_data
    days = given["days"]
    asked: dict[str, Any] = {
        "reason": given["reason"],
        "words": given["words"],
        "hides": given["hides"],
        "until": timezone.now() + timedelta(days=int(days)) if days else None,
        "pattern": given["pattern"],
        "network": "" if given["pattern"] else given["network"],
        "outlet": next((each for each in outlets if each.slug == given["outlet"]), outlets[0]),
    }
    if given["comment"]:
        rows = Comment.objects.select_related("author", "outlet").filter(outlet__in=outlets)
        comment = rows.filter(public_id=given["comment"]).first()
        if comment is None or comment.author is None:
            raise forms.ValidationError(str(_("Nobody is known as its author.")))
        asked |= {
            "reader": comment.author,
            "pattern": "",
            "network": "",
            "outlet": comment.outlet,
        }
    elif not asked["pattern"] and not asked["network"]:
        raise forms.ValidationError(str(_("Say whom to ban.")))
    # Only whoever moderates all titles bans on all of them.
    if given["everywhere"] and may_moderate_all(request.user):
        asked["outlet"] = None
    return asked


@require_POST
def lift(request: HttpRequest, ban_id: int) -> HttpResponse:
    try:
        lift_ban(ban=get_ban(request.user, ban_id), by=moderator(request), at=timezone.now())
    except AlreadyLifted as already:
        return answer(request, str(already), status=409)
    return answer(request, str(_("Let in again.")))
