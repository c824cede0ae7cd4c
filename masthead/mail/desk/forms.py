"""Suppressing an address by hand, and lifting it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from masthead.mail.models import Reach


class SuppressForm(forms.Form):
    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    reach = forms.ChoiceField(label=_("Gets"), choices=Reach.choices, initial=Reach.ALL)
    why = forms.CharField(label=_("Why"), max_length=300)


class LiftForm(forms.Form):
    why = forms.CharField(label=_("Why may mail go there again?"), max_length=300)
