"""Who has which role where, and what the network is called."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from masthead.accounts.grants import OUTLET_DEPTH
from masthead.accounts.models import Assignment, Role, User


def network_name() -> str:
    """The tree's root page carries it."""
    root = Page.objects.filter(depth=1).only("title").first()
    named = root.title if root and root.title != "Root" else ""
    return str(named or settings.OPERATOR["network_name"] or "Masthead")


def places_of(user: User, *, roles: list[Role] | None = None) -> QuerySet[Page]:
    """The places in which somebody has a role (any, or one of `roles`); for owners the root."""
    if user.is_superuser and user.is_active:
        return Page.objects.filter(depth=1)
    held = Assignment.objects.filter(user=user, place=OuterRef("pk"))
    if roles is not None:
        held = held.filter(role__in=roles)
    return Page.objects.filter(Exists(held)).order_by("path")


def outlet_pages_for(user: User) -> QuerySet[Page]:
    """The outlets in which somebody has anything to do, as plain pages."""
    outlets = Page.objects.filter(depth=OUTLET_DEPTH).order_by("path")
    match = Q(pk=None)
    for place in places_of(user):
        if place.depth < OUTLET_DEPTH:
            return outlets
        match |= Q(path=place.path[: place.steplen * OUTLET_DEPTH])
    return outlets.filter(match)


def places_managed_by(user: User) -> QuerySet[Page]:
    """Outlets and sections whose people somebody may manage, in tree order."""
    tops = list(places_of(user, roles=[Role.PUBLISHER, Role.OWNER]))
    match = Q(pk=None)
    for top in tops:
        match |= Q(path__gte=top.path, path__lt=f"{top.path}~")
    return Page.objects.filter(match).order_by("path")


def assignments_seen_by(user: User) -> QuerySet[Assignment]:
    """The roles given in places whose people somebody may manage."""
    return (
        Assignment.objects.filter(place__in=places_managed_by(user))
        .select_related("user", "place")
        .order_by("user__last_name", "user__first_name", "user__email", "place__path", "pk")
    )


def people_seen_by(user: User) -> QuerySet[User]:
    """Staff of the places somebody may manage; for owners everybody who may enter the desk."""
    everybody = User.objects.order_by("last_name", "first_name", "email", "pk")
    if user.is_superuser and user.is_active:
        return everybody.filter(Q(is_superuser=True) | Exists(_roles_of(OuterRef("pk"))))
    return everybody.filter(
        Exists(_roles_of(OuterRef("pk")).filter(place__in=places_managed_by(user)))
    )


def _roles_of(user_pk: OuterRef) -> QuerySet[Assignment]:
    return Assignment.objects.filter(user=user_pk)
