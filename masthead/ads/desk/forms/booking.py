"""Advertisers and campaigns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from masthead.ads.desk.forms.fields import MomentField
from masthead.ads.models import Advertiser, Campaign
from masthead.ads.selling.queries import advertisers


class AdvertiserForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Advertiser
        fields = ("name", "category", "email", "address", "tax_id", "website", "note")
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "category": _("Two of one trade never stand on one page. Small letters and dashes."),
            "email": _("Where the link to their own page goes, and invoices."),
        }


class CampaignForm(forms.Form):
    advertiser = forms.ModelChoiceField(
        label=_("Advertiser"), queryset=Advertiser.objects.none(), to_field_name="public_id"
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    currency = forms.CharField(
        label=_("Currency"), max_length=3, min_length=3, initial="EUR", help_text=_("Three letters")
    )
    note_for_desk = forms.CharField(
        label=_("Note for the desk"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        if campaign is not None:
            kwargs["initial"] = {
                "name": campaign.name,
                "currency": campaign.currency.upper(),
                "note_for_desk": campaign.note,
            }
        super().__init__(*args, **kwargs)
        if campaign is not None:
            del self.fields["advertiser"]
        else:
            self.fields["advertiser"].queryset = advertisers()  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).lower()


class MakeGoodForm(forms.Form):
    missing = forms.IntegerField(label=_("How many"), min_value=1)
    ends_at = MomentField(label=_("Until"))
