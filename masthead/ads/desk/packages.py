"""What advertisers can book themselves."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from masthead.accounts.models import User
from masthead.ads.customers.packages import keep_package, packages_of
from masthead.ads.desk.doorways import seller
from masthead.ads.desk.forms.fields import MoneyField, ticks
from masthead.ads.models import Package, Place
from masthead.ads.selling.money import cents_of
from masthead.ads.selling.refusals import AdsRefusal
from masthead.ads.selling.rules import outlets_sold_by
from masthead.memberships.money import amount_of, in_words
from masthead.outlets.models import Outlet


class PackageForm(forms.Form):
    outlet = forms.ModelChoiceField(label=gettext_lazy("Title"), queryset=Outlet.objects.none())
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    text = forms.CharField(label=gettext_lazy("What one gets"), max_length=200, required=False)
    places = ticks(gettext_lazy("Places"), Place.choices)
    price = MoneyField(label=gettext_lazy("Price of a thousand views, without tax"))
    currency = forms.CharField(
        label=gettext_lazy("Currency"), min_length=3, max_length=3, initial="EUR"
    )
    least_views = forms.IntegerField(
        label=gettext_lazy("Views at least"), min_value=1, initial=5000
    )
    days = forms.IntegerField(label=gettext_lazy("Days at most"), min_value=1, initial=90)
    is_offered = forms.BooleanField(label=gettext_lazy("On sale"), required=False, initial=True)

    def __init__(
        self, *args: Any, user: User, package: Package | None = None, **kwargs: Any
    ) -> None:
        if package is not None:
            names = ("outlet", "name", "text", "places", "least_views", "days", "is_offered")
            kwargs["initial"] = {name: getattr(package, name) for name in names} | {
                "price": amount_of(package.price_cents, package.currency),
                "currency": package.currency.upper(),
            }
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        mine = [each.pk for each in outlets_sold_by(user)]
        fields["outlet"].queryset = Outlet.objects.filter(pk__in=mine).order_by("path")

    def kept(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        currency = given["currency"].lower()
        price = cents_of(given.pop("price"), currency)
        return given | {"currency": currency, "price_cents": price}


@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    mine = [each.pk for each in outlets_sold_by(seller(request))]
    told = [
        {"it": each, "price": in_words(each.price_cents, each.currency)}
        for each in packages_of(mine)
    ]
    return render(request, "ads/desk/packages.html", {"packages": told})


def package(request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
    """A new one without an id."""
    user = seller(request)
    mine = [each.pk for each in outlets_sold_by(user)]
    found = get_object_or_404(packages_of(mine), public_id=public_id) if public_id else None
    form = PackageForm(request.POST or None, user=user, package=found)
    if request.method == "POST" and form.is_valid():
        try:
            keep_package(package=found, by=user, **form.kept())
        except AdsRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("ads:packages")
    title = found.name if found else _("New package")
    return render(request, "ads/desk/form.html", {"form": form, "title": title})
