"""What a buyer says."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.memberships.models import Price, Purchase
from masthead.memberships.money import cents_from, in_words
from masthead.memberships.providers.choosing import provider

MOST_CENTS = 10_000_000
MOST_SEATS = 2_000


class BuyForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    amount = forms.CharField(label=gettext_lazy("Amount"), required=False, max_length=20)
    code = forms.CharField(label=gettext_lazy("Code"), required=False, max_length=60)
    quantity = forms.IntegerField(
        label=gettext_lazy("Seats"), required=False, min_value=1, max_value=MOST_SEATS
    )
    is_gift = forms.BooleanField(required=False)

    def __init__(self, *args: Any, price: Price | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.price = price

    def clean_amount(self) -> int | None:
        """In the smallest unit; None where the price says it."""
        price = self.price
        if price is None or not price.is_readers_choice:
            return None
        try:
            amount = cents_from(self.cleaned_data["amount"], price.currency)
        except ValueError as error:
            raise forms.ValidationError(_("Please enter an amount, such as 5.")) from error
        if not price.amount_cents <= amount <= MOST_CENTS:
            least = in_words(price.amount_cents, price.currency)
            raise forms.ValidationError(_("The least is %(least)s.") % {"least": least})
        return amount

    def clean_code(self) -> str:
        """What the provider knows it by. Raises ProviderTrouble when nobody can say."""
        code = self.cleaned_data["code"].strip()
        found = provider().find_discount(code) if code else ""
        if code and not found:
            raise forms.ValidationError(_("This code is not good, or not any more."))
        return found

    def clean_quantity(self) -> int:
        is_group = self.price is not None and self.price.plan.is_for_groups
        return (self.cleaned_data["quantity"] or 1) if is_group else 1

    def kind(self) -> Purchase.Kind:
        if self.price is not None and self.price.plan.is_for_groups:
            return Purchase.Kind.GROUP
        if self.price is not None and self.price.every == Price.Every.ONCE:
            return Purchase.Kind.DONATION
        is_gift = self.cleaned_data.get("is_gift")
        return Purchase.Kind.GIFT if is_gift else Purchase.Kind.MEMBERSHIP
