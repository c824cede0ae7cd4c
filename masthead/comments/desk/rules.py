"""The screen on which an outlet says who may comment, and which words are looked for."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from masthead.comments.actions.policies import set_policy, set_words
from masthead.comments.desk.doorways import get_outlets, moderator
from masthead.comments.models import Mode, Policy, WhoMay, WordList
from masthead.outlets.models import Outlet, Section

_NOT_SET = _("Not set here")
_AS_WIDER = ("", _NOT_SET)


class YesNoOrNotSet(forms.NullBooleanSelect):
    """In a moderator's words: nothing is unknown here, the wider place decides."""

    def __init__(self) -> None:
        super().__init__()
        self.choices = [("unknown", _NOT_SET), ("true", _("Yes")), ("false", _("No"))]


class RulesForm(forms.Form):
    who = forms.ChoiceField(
        label=_("Who may comment"), choices=[_AS_WIDER, *WhoMay.choices], required=False
    )
    mode = forms.ChoiceField(
        label=_("What happens to it"), choices=[_AS_WIDER, *Mode.choices], required=False
    )
    slow_seconds = forms.IntegerField(
        label=_("Seconds between two comments of one person"),
        required=False,
        min_value=0,
        max_value=86_400,
    )
    closes_after_days = forms.IntegerField(
        label=_("Days until comments close"),
        help_text=_("Counted from publication; 0: never."),
        required=False,
        min_value=0,
        max_value=3_650,
    )
    live = forms.NullBooleanField(
        label=_("Readers are told of new comments while they read"),
        widget=YesNoOrNotSet(),
    )
    banned = forms.CharField(
        label=_("Banned words"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One a line; a star at its end finds longer ones too. Such comments are refused."
        ),
    )
    suspect = forms.CharField(
        label=_("Suspect words"),
        help_text=_("As above. Such comments wait for a moderator."),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """?outlet=, ?section="""
    outlets = get_outlets(request)
    slug = request.GET.get("outlet", "")
    outlet = next((each for each in outlets if each.slug == slug), outlets[0])
    section = _section(outlet, request.GET.get("section", ""))
    place = f"section:{section.pk}" if section else f"outlet:{outlet.pk}"
    form = RulesForm(request.POST or None, initial=_initial(outlet, place))
    if request.method == "POST" and form.is_valid():
        given, now, by = form.cleaned_data, timezone.now(), moderator(request)
        names = ("who", "mode", "slow_seconds", "closes_after_days", "live")
        chosen = {name: given[name] for name in names}
        set_policy(where=section or outlet, by=by, at=now, **chosen)
        if section is None:
            for kind in WordList.Kind.values:
                set_words(outlet=outlet, kind=kind, words=given[kind], by=by, at=now)
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "outlets": outlets,
        "outlet": outlet,
        "section": section,
        "sections": Section.objects.descendant_of(outlet).order_by("path"),
    }
    return render(request, "comments/desk/rules.html", context)


def _section(outlet: Outlet, number: str) -> Section | None:
    if not number:
        return None
    known = Section.objects.descendant_of(outlet)
    found = (
        known.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    )
    if found is None:
        raise Http404
    return found


def _initial(outlet: Outlet, place: str) -> dict[str, Any]:
    policy = Policy.objects.filter(place=place).first() or Policy()
    lists = dict(WordList.objects.filter(outlet=outlet).values_list("kind", "words"))
    return {
        "who": policy.who,
        "mode": policy.mode,
        "slow_seconds": policy.slow_seconds,
        "closes_after_days": policy.closes_after_days,
        "live": policy.live,
        **lists,
    }
