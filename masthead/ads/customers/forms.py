"""What an advertiser is asked when booking, and when bringing another picture."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from masthead.ads.models import Creative, Package
from masthead.ads.selling.orders import CreativeOrder
from masthead.ads.selling.uploads import keep_upload

KINDS = [each for each in Creative.Kind.choices if each[0] != Creative.Kind.HTML]


class CreativeFields(forms.Form):
    """No HTML, whoever asks."""

    kind = forms.ChoiceField(label=_("What is shown"), choices=KINDS)
    file = forms.FileField(
        label=_("Picture"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )
    alt = forms.CharField(
        label=_("The picture in words, for those who do not see it"), max_length=250, required=False
    )
    headline = forms.CharField(label=_("Headline of a card"), max_length=80, required=False)
    text = forms.CharField(label=_("Text of a card"), max_length=200, required=False)
    action = forms.CharField(label=_("Words of its link"), max_length=40, required=False)
    link = forms.CharField(
        label=_("Where it leads, beginning with https://"),
        max_length=1000,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )

    def order(self, *, title: str, collection: Any) -> CreativeOrder:
        """Keeps the picture; raises ValidationError when it is refused."""
        given = self.cleaned_data
        picture = None
        if given["file"]:
            picture = keep_upload(
                given["file"], title=title, alt=given["alt"], by=None, collection=collection
            )
        names = ("kind", "alt", "headline", "text", "action", "link")
        return CreativeOrder(**{name: given[name] for name in names}, picture=picture)


class BookForm(CreativeFields):
    package = forms.ModelChoiceField(
        label=_("What you book"), queryset=Package.objects.none(), to_field_name="public_id"
    )
    name = forms.CharField(label=_("A name for your campaign"), max_length=100)
    views = forms.IntegerField(label=_("How often it is to be seen"), min_value=1)
    first_day = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    field_order = ("package", "name", "views", "first_day", "last_day")

    def __init__(self, *args: Any, packages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["package"].queryset = packages

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """From the first day's first moment to the last one's last, by the title's clock."""
        return _moment(self.cleaned_data["first_day"], time.min, zone), _moment(
            self.cleaned_data["last_day"], time(23, 59, 59), zone
        )


def _moment(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
