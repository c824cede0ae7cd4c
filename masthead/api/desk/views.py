"""Partners at the desk: who there is, make one, give a new key, sign an address, revoke."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from masthead.accounts.models import User
from masthead.api import actions, queries
from masthead.api.desk.forms import AddressForm, PartnerForm
from masthead.api.models import Partner
from masthead.api.rules import may_see_partners
from masthead.api.signing import signed_url
from masthead.outlets.queries import canonical_sheets, get_sheet


def keeper_of_partners(request: HttpRequest) -> User:
    """Raises PermissionDenied for whoever is none."""
    user = request.user
    if not isinstance(user, User) or not may_see_partners(user):
        raise PermissionDenied
    return user


def get_partner(request: HttpRequest, public_id: UUID) -> Partner:
    """Raises Http404 for somebody else's."""
    try:
        return queries.get_partner_for(keeper_of_partners(request), public_id)
    except Partner.DoesNotExist as error:
        raise Http404 from error


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    partners = queries.partners_of(keeper_of_partners(request))
    context = {"partners": _told(partners), "sheets": canonical_sheets()}
    return render(request, "api/desk/index.html", context)


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """The key is in this one answer and nowhere else."""
    user = keeper_of_partners(request)
    form = PartnerForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            partner, key = actions.make_partner(by=user, at=timezone.now(), **form.cleaned_data)
        except actions.PartnerError as error:
            form.add_error(None, str(error))
        else:
            return _with_key(request, partner, key)
    return render(request, "api/desk/add.html", {"form": form})


@never_cache
def partner(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One partner; POST signs an address."""
    shown = get_partner(request, public_id)
    form = AddressForm(request.POST or None, partner=shown)
    address = ""
    is_valid = shown.is_valid(at=timezone.now())
    if request.method == "POST" and is_valid and form.is_valid():
        address = signed_url(
            sheet=get_sheet(outlet_id=form.cleaned_data["outlet"].pk),
            parts=("articles",),
            partner=shown,
            until=form.cleaned_data["until"],
        )
    context = {"partner": _told([shown])[0], "form": form, "address": address}
    return render(request, "api/desk/partner.html", context)


@never_cache
@require_POST
def new_key(request: HttpRequest, public_id: UUID) -> HttpResponse:
    shown = get_partner(request, public_id)
    try:
        key = actions.give_new_key(partner=shown, by=keeper_of_partners(request))
    except actions.PartnerError as error:
        messages.error(request, str(error))
        return redirect("partners:partner", public_id)
    return _with_key(request, shown, key)


@require_POST
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    shown = get_partner(request, public_id)
    try:
        actions.revoke_partner(partner=shown, by=keeper_of_partners(request), at=timezone.now())
    except actions.PartnerError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("%(name)s can fetch nothing more.") % {"name": shown.name})
    return redirect("partners:partner", public_id)


def _with_key(request: HttpRequest, shown: Partner, key: str) -> HttpResponse:
    outlets = shown.outlets.order_by("path").values_list("pk", flat=True)
    sheet = get_sheet(outlet_id=outlets[0])
    example = sheet.absolute("api/v1/ninjs/articles")
    context = {"partner": shown, "key": key, "example": example}
    return render(request, "api/desk/key.html", context)


def _told(partners: object) -> list[Partner]:
    """With `state`, in a word, and `is_usable`."""
    now = timezone.now()
    told = list(partners)  # type: ignore[call-overload]
    for each in told:
        each.is_usable = each.is_valid(at=now)
        if each.revoked_at:
            each.state = _("Revoked")
        else:
            each.state = _("Valid") if each.is_usable else _("Ended")
    return told
