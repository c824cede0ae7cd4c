"""The screen on which is set who may comment where, which words are looked for, who is asked."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from masthead.comments.actions.policies import as_rules, set_policy, set_words
from masthead.comments.desk.doorways import get_outlets, moderator
from masthead.comments.desk.places import (
    RulesPlace,
    articles_with_rules,
    find_article,
    get_place,
    in_words,
    wider_rules,
)
from masthead.comments.models import Learned, Mode, Policy, Scorer, WhoMay, WordList
from masthead.comments.rules import FIELDS, Rules, may_moderate_all, resolve
from masthead.comments.scoring import LEAST_OF_EACH
from masthead.core.words import base_language
from masthead.outlets.models import Outlet, Section


class YesNoOrNotSet(forms.NullBooleanSelect):
    """In a moderator's words: nothing is unknown here, the wider place decides."""

    def __init__(self, as_wider: str) -> None:
        super().__init__()
        self.choices = [("unknown", as_wider), ("true", _("Yes")), ("false", _("No"))]


class RulesForm(forms.Form):
    """wider: what holds where nothing is set here. has_words: whether the place has lists."""

    who = forms.ChoiceField(label=_("Who may comment"), required=False)
    mode = forms.ChoiceField(label=_("What happens to it"), required=False)
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
    live = forms.NullBooleanField(label=_("Readers are told of new comments while they read"))
    scorer = forms.ChoiceField(label=_("The scorer"), required=False)
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

    def __init__(self, *args: Any, wider: Rules, has_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("who", WhoMay), ("mode", Mode), ("scorer", Scorer)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            same = _as_wider(str(choices(getattr(wider, name)).label))
            field.choices = [("", same), *choices.choices]
        for name in ("slow_seconds", "closes_after_days"):
            self.fields[name].widget.attrs["placeholder"] = _as_wider(str(getattr(wider, name)))
        said = gettext("Yes") if wider.live else gettext("No")
        self.fields["live"].widget = YesNoOrNotSet(_as_wider(said))
        if not has_words:
            del self.fields["banned"], self.fields["suspect"]


def _as_wider(value: str) -> str:
    return gettext("Not set here (%(value)s)") % {"value": value}


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """?outlet= with ?section= or ?article=; ?outlet=* for the network. ?find=: an address."""
    outlets = get_outlets(request)
    place = get_place(request, outlets)
    if request.GET.get("find") and place.outlet is not None:
        return _find(request, place.outlet, request.GET["find"])
    wider = wider_rules(place)
    set_here = Policy.objects.filter(place=_name(place)).first() or Policy()
    form = RulesForm(
        request.POST or None,
        initial=_initial(place, set_here),
        wider=wider,
        has_words=place.has_words,
    )
    if request.method == "POST" and form.is_valid():
        _save(place, form.cleaned_data, request)
        messages.success(request, gettext("Saved. Pages follow within seconds."))
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "place": place,
        "holds": in_words(resolve(as_rules(set_here), vars(wider))),
        "outlets": outlets,
        "may_set_network": may_moderate_all(request.user),
        "learned": _learned(place),
        "least": LEAST_OF_EACH,
        "other_scorer": next(iter(settings.OPERATOR["comment_scorer"].split()), ""),
    }
    if place.outlet is not None:
        context["sections"] = Section.objects.descendant_of(place.outlet).order_by("path")
        context["articles"] = articles_with_rules(place.outlet)
    return render(request, "comments/desk/rules.html", context)


def _find(request: HttpRequest, outlet: Outlet, address: str) -> HttpResponse:
    found = find_article(outlet, address)
    back = f"{reverse('comments:rules')}?outlet={outlet.slug}"
    if found is None:
        messages.warning(request, gettext("There is no article at that address."))
        return redirect(back)
    return redirect(f"{back}&article={found.public_id}")


def _save(place: RulesPlace, given: dict[str, Any], request: HttpRequest) -> None:
    now, by = timezone.now(), moderator(request)
    set_policy(where=place.where, by=by, at=now, **{name: given[name] for name in FIELDS})
    if place.has_words:
        for kind in WordList.Kind.values:
            set_words(outlet=place.outlet, kind=kind, words=given[kind], by=by, at=now)


def _name(place: RulesPlace) -> str:
    if place.article is not None:
        return f"article:{place.article.pk}"
    if place.section is not None:
        return f"section:{place.section.pk}"
    return f"outlet:{place.outlet.pk}" if place.outlet else "network"


def _initial(place: RulesPlace, set_here: Policy) -> dict[str, Any]:
    lists = WordList.objects.filter(outlet=place.outlet) if place.has_words else []
    words = {each.kind: each.words for each in lists}
    return {name: getattr(set_here, name) for name in FIELDS} | words


def _learned(place: RulesPlace) -> list[Learned]:
    """What the desk's decisions taught our own scorer, in the languages of the place."""
    rows = Learned.objects.order_by("language")
    if place.outlet is not None:
        rows = rows.filter(language=base_language(place.outlet.language))
    return list(rows)
