"""How many seats a bought group has, changed by whoever pays for it and by nobody else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from masthead.memberships import resizing
from masthead.memberships.buy_form import MOST_SEATS
from masthead.memberships.managing import NotPossible
from masthead.memberships.models import Group, Membership
from masthead.memberships.money import every_in_words, in_words
from masthead.memberships.providers.base import ProviderTrouble
from masthead.memberships.views import said
from masthead.memberships.views.account import do_step, own, say_trouble
from masthead.memberships.views.pages import answer


@own
def seats(request: HttpRequest, member: Membership) -> HttpResponse:
    """How many, then what that costs and from when, then it is done."""
    group = Group.objects.select_related("membership").filter(membership=member).first()
    if group is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    wanted = _number(given.get("seats", ""))
    if wanted is None:
        return _ask(request, group)
    if request.method == "POST":
        said_at = said.said_at(request.POST.get("said", ""), member, wanted)
        if said_at is not None or wanted <= member.quantity:
            return do_step(request, resizing.change_seats, member, seats=wanted, said_at=said_at)
    try:
        preview = resizing.preview_seats(member=member, seats=wanted)
    except NotPossible as refusal:
        return _ask(request, group, wanted=wanted, trouble=str(refusal))
    except ProviderTrouble as trouble:
        return say_trouble(request, trouble)
    a_period = member.amount_cents // member.quantity * wanted
    return answer(
        request,
        "seats_sure",
        _("Change the seats"),
        member=member,
        group=group,
        wanted=wanted,
        due=in_words(preview.due_cents, preview.currency) if preview else "",
        then=f"{in_words(a_period, member.currency)} {every_in_words(member.every)}",
        said=said.sealed(preview, member, wanted) if preview else "",
    )


def _ask(
    request: HttpRequest, group: Group, *, wanted: int | None = None, trouble: str = ""
) -> HttpResponse:
    return answer(
        request,
        "seats",
        _("Change the seats"),
        status=422 if trouble else 200,
        group=group,
        given_away=group.seats.count() + group.invitations.count(),
        wanted=wanted,
        most=MOST_SEATS,
        trouble=trouble,
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 6 else None
