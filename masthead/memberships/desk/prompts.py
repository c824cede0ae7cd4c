"""Prompts: which readers are asked what, where and how often."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.memberships import prompting
from masthead.memberships.desk.doorways import get_prompt, places_to_choose, refuse_others
from masthead.memberships.desk.plan_forms import PlaceField
from masthead.memberships.models import Prompt
from masthead.outlets.models import Section


class PromptForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    outlet = PlaceField(label=gettext_lazy("Shown on"), required=False)

    class Meta:
        model = Prompt
        fields = (
            "name",
            "headline",
            "text",
            "button",
            "leads_to",
            "outlet",
            "audience",
            "pages",
            "section",
            "place",
            "after_articles",
            "every_days",
            "order",
            "is_on",
        )
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": gettext_lazy("Figures name it so: how many joined by it."),
            "section": gettext_lazy("With those below it. Empty: in all."),
            "place": gettext_lazy("Of several at one place, the first that fits is shown."),
            "after_articles": gettext_lazy(
                "How many this device has opened this month. Counted on it, by nobody else. 0: at"
                " once, and without a script."
            ),
            "every_days": gettext_lazy("After it was seen. 0: it is always there."),
            "order": gettext_lazy("Lower stands first."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_to_choose(user)
        outlet: Any = self.fields["outlet"]
        outlet.choices, outlet.required = places, "" not in dict(places)
        self.initial["outlet"] = str(self.instance.outlet_id or "")
        section: Any = self.fields["section"]
        section.queryset = Section.objects.live().order_by("path")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        section, outlet = given.get("section"), given.get("outlet")
        if section is not None and outlet is not None and not section.is_descendant_of(outlet):
            self.add_error("section", _("That is a section of another title."))
        return given


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    by = refuse_others(request)
    places = {each for each, _title in places_to_choose(by)}
    found = Prompt.objects.select_related("outlet", "section").order_by("-is_on", "order", "pk")
    prompts = [each for each in found if str(each.outlet_id or "") in places]
    context = {"prompts": prompts, "may_make": bool(places)}
    return render(request, "memberships/desk/prompts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    by = refuse_others(request)
    if not places_to_choose(by):
        raise PermissionDenied
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def prompt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _form(request, get_prompt(request, public_id))


def _form(request: HttpRequest, found: Prompt | None) -> HttpResponse:
    by = refuse_others(request)
    form = PromptForm(request.POST or None, instance=found, user=by)
    if request.method == "POST" and form.is_valid():
        kept = form.save(commit=False)
        kept.outlet = form.cleaned_data["outlet"]
        try:
            prompting.keep_prompt(prompt=kept, by=by, at=timezone.now())
        except prompting.PromptRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("Kept; pages show it within seconds.") if kept.is_on else _("Kept.")
            messages.success(request, words)
            return redirect("memberships:prompts")
    return render(request, "memberships/desk/prompt.html", {"form": form, "prompt": found})


@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, found = refuse_others(request), get_prompt(request, public_id)
    prompting.drop_prompt(prompt=found, by=by, at=timezone.now())
    messages.success(request, _("The prompt is gone."))
    return redirect("memberships:prompts")
