"""The ad desk's screens of places: which an outlet has, and one of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from masthead.ads.desk.doorways import seller
from masthead.ads.models import Place, Placement
from masthead.ads.places.actions import Wanted, set_place
from masthead.ads.places.offered import KINDS, LEAST_WORDS
from masthead.ads.providers import all_providers, find_provider
from masthead.ads.selling.rules import may_bring_html, outlets_sold_by

KIND_NAMES = {
    "article": gettext_lazy("Articles"),
    "front": gettext_lazy("The front"),
    "section": gettext_lazy("Sections"),
    "topic": gettext_lazy("Topics"),
}


class PlaceForm(forms.Form):
    is_on = forms.BooleanField(label=gettext_lazy("Advertising stands here"), required=False)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("On"), widget=forms.CheckboxSelectMultiple, required=False
    )
    words = forms.IntegerField(
        label=gettext_lazy("Words between two"), min_value=LEAST_WORDS, initial=300, required=False
    )
    provider = forms.ChoiceField(label=gettext_lazy("Filled by"), required=False)
    settings = forms.JSONField(
        label=gettext_lazy("What that one needs"),
        required=False,
        initial=dict,
        help_text=gettext_lazy(
            "As JSON. Others’ tags run in a frame of their own, and only for readers who agreed."
        ),
    )

    def __init__(self, *args: Any, place: Place, may_bring_tags: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kinds"].choices = [(kind, KIND_NAMES[kind]) for kind in KINDS[place]]
        others = [(each.name, each.label) for each in all_providers()]
        fields["provider"].choices = [("", _("This network’s own campaigns")), *others]
        if place != Place.IN_TEXT:
            del fields["words"]
        if not may_bring_tags:
            del fields["provider"], fields["settings"]

    def wanted(self, before: Placement | None) -> Wanted:
        """What the form does not ask stays as it was."""
        given = self.cleaned_data
        kinds = given["kinds"]
        everywhere = len(kinds) == len(self.fields["kinds"].choices)  # type: ignore[attr-defined]
        return Wanted(
            is_on=given["is_on"],
            kinds=[] if everywhere else kinds,
            words=given.get("words") or (before.words_between if before else 300),
            provider=given.get("provider", before.provider if before else ""),
            settings=given.get("settings", before.settings if before else {}) or {},
        )


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Of each outlet that one sells for, all the places there are."""
    outlets = outlets_sold_by(seller(request))
    rows = Placement.objects.filter(outlet__in=[each.pk for each in outlets])
    known = {(row.outlet_id, row.place): row for row in rows}
    told = [
        {
            "outlet": outlet,
            "places": [_told(place, known.get((outlet.pk, place.value))) for place in KINDS],
        }
        for outlet in outlets
    ]
    return render(request, "ads/desk/places.html", {"outlets": told})


def _told(place: Place, row: Placement | None) -> dict[str, Any]:
    kinds = row.page_kinds if row and row.page_kinds else KINDS[place]
    provider = find_provider(row.provider) if row else None
    return {
        "name": place.value,
        "label": place.label,
        "is_on": bool(row and row.is_on),
        "kinds": ", ".join(str(KIND_NAMES[kind]) for kind in KINDS[place] if kind in kinds),
        "filled_by": provider.label if provider else _("This network’s own campaigns"),
    }


def place(request: HttpRequest, outlet: str, name: str) -> HttpResponse:
    """404 where one does not sell, and for places that stand on no page."""
    user = seller(request)
    found = next((each for each in outlets_sold_by(user) if each.slug == outlet), None)
    if found is None or name not in {each.value for each in KINDS}:
        raise Http404
    where = Place(name)
    before = Placement.objects.filter(outlet=found, place=where).first()
    initial = {
        "is_on": bool(before and before.is_on),
        "kinds": before.page_kinds if before and before.page_kinds else KINDS[where],
        "words": before.words_between if before else 300,
        "provider": before.provider if before else "",
        "settings": before.settings if before else {},
    }
    form = PlaceForm(
        request.POST or None, initial=initial, place=where, may_bring_tags=may_bring_html(user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_place(
                outlet=found, place=where, wanted=form.wanted(before), by=user, at=timezone.now()
            )
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("Kept. The pages are printed anew."))
            return redirect("ads-places")
    title = f"{found.title}: {where.label}"
    return render(request, "ads/desk/form.html", {"form": form, "title": title})
