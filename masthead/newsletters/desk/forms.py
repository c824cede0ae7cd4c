"""What the desk asks of a newsletter and of an edition."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.accounts.models import User
from masthead.newsletters import audiences
from masthead.newsletters.models import Newsletter
from masthead.newsletters.recipes import BadRecipe, clean_recipe, usual_recipe

MOST_TESTS = 10


class NewsletterForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """The recipe comes as JSON from the builder beside the form."""

    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"),
        coerce=int,
        choices=[(number, name) for number, name in WEEKDAYS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    recipe = forms.CharField(required=False, widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label=gettext_lazy("For whom of the list"),
        required=False,
        help_text=gettext_lazy(
            "A part that the readers’ desk keeps. Each edition begins with it and can be changed."
        ),
    )

    class Meta:
        model = Newsletter
        fields = (
            "name",
            "slug",
            "promise",
            "from_name",
            "reply_to",
            "offered",
            "for_members",
            "pace",
            "days",
            "hour",
            "recipe",
        )
        widgets = {
            "promise": forms.Textarea(attrs={"rows": 2}),
            "hour": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            "promise": gettext_lazy("Readers agree to this: what they get, and how often."),
            "from_name": gettext_lazy("Empty: the title's own name."),
            "reply_to": gettext_lazy("Where answers of readers arrive."),
            "hour": gettext_lazy("By the clock of this title."),
            "for_members": gettext_lazy(
                "Only readers whose plan includes it can join; all others leave within minutes."
                " It has no page on the site, and neither do its editions afterwards."
            ),
            "offered": gettext_lazy("Readers find it among the newsletters they can join."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recipe = self.instance.recipe if self.instance.pk else usual_recipe()
        self.initial["recipe"] = json.dumps(recipe)
        _offer(self, self.instance.audience)

    def clean_audience(self) -> audiences.Audience:
        try:
            return audiences.read_audience(self.cleaned_data["audience"])
        except audiences.NoSuchAudience as error:
            raise forms.ValidationError(str(error)) from error

    def clean_recipe(self) -> list[dict[str, Any]]:
        try:
            return clean_recipe(json.loads(self.cleaned_data["recipe"] or "[]"))
        except ValueError as error:
            raise forms.ValidationError(_("What was sent is no recipe.")) from error
        except BadRecipe as error:
            raise forms.ValidationError(str(error)) from error


class AudienceForm(forms.Form):
    """For whom of the list one edition is."""

    audience = forms.ChoiceField(label=gettext_lazy("For whom of the list"), required=False)

    def __init__(self, *, chosen: audiences.Audience) -> None:
        super().__init__()
        _offer(self, chosen)


def _offer(form: forms.BaseForm, chosen: audiences.Audience) -> None:
    form.fields["audience"].choices = audiences.choices(chosen)  # type: ignore[attr-defined]
    form.initial["audience"] = audiences.value_of(chosen)


class WhenForm(forms.Form):
    """When an edition goes out, by the outlet's clock."""

    due_at = forms.DateTimeField(
        label=gettext_lazy("Goes out"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    @property
    def moment(self) -> datetime:
        found: datetime = self.cleaned_data["due_at"]
        return found


class TestForm(forms.Form):
    """To whom a test goes: people of the newsroom, nobody else."""

    addresses = forms.CharField(label=gettext_lazy("Send a test to"), max_length=1000)

    def clean_addresses(self) -> list[str]:
        given = self.cleaned_data["addresses"].replace(";", ",").split(",")
        wanted = list(dict.fromkeys(each.strip().lower() for each in given if each.strip()))
        if len(wanted) > MOST_TESTS:
            raise forms.ValidationError(_("A test goes to at most %d people.") % MOST_TESTS)
        known = {
            email.lower()
            for email in User.objects.filter(is_active=True, assignments__isnull=False)
            .union(User.objects.filter(is_active=True, is_superuser=True))
            .values_list("email", flat=True)
        }
        if unknown := [each for each in wanted if each not in known]:
            words = _("Only people of the newsroom get a test, and %(who)s is none.")
            raise forms.ValidationError(words % {"who": ", ".join(unknown)})
        return wanted
