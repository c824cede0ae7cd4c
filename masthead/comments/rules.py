"""Who may comment, and under which rules: pure, from what was set for each wider place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from wagtail.models import Page

from masthead.accounts.models import Assignment, Role, User
from masthead.accounts.queries import places_of
from masthead.comments.models.deciding import Appeal
from masthead.comments.models.rules import Mode, Scorer, WhoMay
from masthead.fronts.rules import may_curate
from masthead.outlets.sheet import Sheet, SheetSection

Where = TypeVar("Where", bound=Page)
FIELDS = ("who", "mode", "slow_seconds", "closes_after_days", "live", "scorer")


@dataclass(frozen=True)
class Rules:
    """
    What holds below one article. Until somebody sets it, nobody may comment: a newsroom decides
    first who will look at what is written.

    closes_after_days: 0 for never.
    """

    who: str = WhoMay.NOBODY
    mode: str = Mode.FIRST_HELD
    slow_seconds: int = 0
    closes_after_days: int = 0
    live: bool = False
    scorer: str = Scorer.USUAL

    def closes_at(self, published_at: datetime) -> datetime | None:
        if not self.closes_after_days:
            return None
        return published_at + timedelta(days=self.closes_after_days)

    def is_open(self, *, published_at: datetime, at: datetime) -> bool:
        closes = self.closes_at(published_at)
        return self.who != WhoMay.NOBODY and (closes is None or at < closes)


def resolve(*given: Mapping[str, Any]) -> Rules:
    """The narrowest first; what one leaves open is the next one's."""
    found: dict[str, Any] = {}
    for each in reversed(given):
        found |= {name: each[name] for name in FIELDS if each.get(name) not in {None, ""}}
    return Rules(**found)


def rules_below(
    *,
    house: Mapping[str, Any] | None,
    of_article: Mapping[str, Any] | None,
    section: SheetSection | None,
    sheet: Sheet,
) -> Rules:
    """house: an outlet's rules as `House` keeps them, the network's included."""
    house = house or {}
    sections = house.get("sections", {})
    places = []
    while section is not None:
        places.append(sections.get(str(section.id), {}))
        above = section.parent_id
        section = sheet.find_section(section_id=above) if above else None
    return resolve(of_article or {}, *places, house.get("default", {}))


def may_moderate(user: Any, outlet: Any) -> bool:
    """Whoever may publish on the outlet, and its moderators."""
    return bool(moderated_of(user, [outlet]))


def may_moderate_all(user: Any) -> bool:
    """Whoever publishes or moderates for the whole network, with the outlets that will come."""
    return may_moderate(user, _network())


def _network() -> Page:
    return Page.objects.get(depth=1)


def may_answer(user: Any, appeal: Appeal) -> bool:
    """
    Whoever may take the decision itself: of a ban on all titles those who look after all of them,
    of a comment that moved those who look after both its old title and its new one.
    """
    decision = appeal.decision
    if decision.outlet is None:
        return may_moderate_all(user)
    places = [decision.outlet, appeal.outlet]
    if decision.comment is not None:
        places.append(decision.comment.outlet)
    return len(moderated_of(user, places)) == len(places)


def is_left_to_another(appeal: Appeal, *, user: User) -> bool:
    """
    Whether `user` decided first and another may answer: nobody judges an objection to their own
    act where there is somebody else. Three queries at most.
    """
    where = appeal.outlet if appeal.decision.outlet_id else _network()
    return _is_for_somebody_else(where, decided_by=appeal.decision.by, user=user)


def moderated_of(user: Any, outlets: Iterable[Where]) -> list[Where]:
    """Those of some outlets whose comments the user looks after. One query at most."""
    if not isinstance(user, User) or not user.is_active:
        return []
    tops: list[str] | None = None
    found = []
    for outlet in outlets:
        if may_curate(user, outlet):
            found.append(outlet)
            continue
        if tops is None:
            tops = [place.path for place in places_of(user, roles=[Role.MODERATOR])]
        if any(outlet.path.startswith(top) for top in tops):
            found.append(outlet)
    return found


def _is_for_somebody_else(where: Page, *, decided_by: User | None, user: User) -> bool:
    if decided_by is None or decided_by != user:
        return False
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    if others.filter(is_superuser=True).exists():
        return True
    roles = [Role.MODERATOR, Role.EDITOR, Role.PUBLISHER, Role.OWNER]
    held = Assignment.objects.filter(user__in=others, role__in=roles).select_related("place")
    return any(where.path.startswith(each.place.path) for each in held)
