"""The publisher's screen for who may read members' articles besides members."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.log_actions import log

from masthead.accounts.rules import may_edit_outlet
from masthead.memberships.models import ReadingRules
from masthead.memberships.reading_rules import (
    MOST_DAYS,
    MOST_FREE,
    MOST_LINKS,
    set_reading_rules,
)
from masthead.outlets.models import Outlet
from masthead.press.crawlers import CRAWLERS


class ReadingForm(forms.Form):
    free_a_month = forms.IntegerField(
        label=_("Members' articles that anybody may read in a month"),
        help_text=_("0: none. They are counted in the browser, and exactly for who is signed in."),
        min_value=0,
        max_value=MOST_FREE,
    )
    links_a_month = forms.IntegerField(
        label=_("Articles that a member may give away in a month"),
        help_text=_("0: none. Whoever has the link reads that article."),
        min_value=0,
        max_value=MOST_LINKS,
    )
    link_days = forms.IntegerField(
        label=_("Days for which such a link is good"), min_value=1, max_value=MOST_DAYS
    )
    crawlers = forms.MultipleChoiceField(
        label=_("Search engines that read members' articles in full"),
        help_text=_("Only their own programs, known by where they come from."),
        choices=[(each.name, each.label) for each in CRAWLERS.values()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def outlets_of(user: Any) -> list[Outlet]:
    """Those whose rules the user may set, in the network's order."""
    return [each for each in Outlet.objects.live().order_by("path") if may_edit_outlet(user, each)]


@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest) -> HttpResponse:
    """?outlet="""
    outlets = outlets_of(request.user)
    if not outlets:
        raise PermissionDenied
    slug = request.GET.get("outlet", "")
    outlet = next((each for each in outlets if each.slug == slug), outlets[0])
    row = ReadingRules.objects.filter(outlet=outlet).first() or ReadingRules()
    names = ("free_a_month", "links_a_month", "link_days", "crawlers")
    form = ReadingForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in names}
        set_reading_rules(outlet=outlet, at=timezone.now(), **given)
        log(instance=outlet, action="memberships.reading", user=request.user)
        return redirect(request.get_full_path())
    context = {"form": form, "outlets": outlets, "outlet": outlet}
    return render(request, "memberships/desk/reading.html", context)


def register() -> None:
    """Call from `apps.ready()`."""
    hooks.register("register_admin_urls", reading_urls)
    hooks.register("register_log_actions", reading_log_actions)


def reading_urls() -> list[URLPattern]:
    return [path("members-articles/", reading, name="members_articles")]


def reading_log_actions(actions: Any) -> None:
    actions.register_action(
        "memberships.reading",
        _("Set who reads members' articles"),
        _("Rules for members' articles set"),
    )
