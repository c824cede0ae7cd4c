"""What somebody orders, before it is looked at and written down."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from masthead.ads.models import Creative, Flight, Pricing
from masthead.articles.models import ArticlePage, Topic
from masthead.outlets.models import Outlet, Section
from masthead.pictures.models import Picture


@dataclass(frozen=True, kw_only=True)
class CreativeOrder:
    """Fields as of `Creative`. places: values of Place; none: all of the flight's."""

    kind: str = Creative.Kind.PICTURE
    places: Sequence[str] = ()
    link: str = ""
    picture: Picture | None = None
    alt: str = ""
    headline: str = ""
    text: str = ""
    action: str = ""
    article: ArticlePage | None = None
    html: str = ""
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class Targeting:
    """Where and when a flight is shown; what is empty means everywhere, any. As of `Flight`."""

    outlets: Sequence[Outlet] = ()
    sections: Sequence[Section] = ()
    topics: Sequence[Topic] = ()
    places: Sequence[str] = ()
    page_kinds: Sequence[str] = ()
    hours: Sequence[int] = ()
    weekdays: Sequence[int] = ()
    screens: Sequence[str] = ()
    languages: Sequence[str] = ()
    countries: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class FlightOrder:
    """Fields as of `Flight`. Instants are aware, in UTC; money in cents of the campaign's."""

    name: str
    starts_at: datetime
    ends_at: datetime | None = None
    hard_stop: bool = True
    priority: str = Flight.Priority.STANDARD
    goal_kind: str = Flight.Goal.VIEWS
    goal: int = 0
    pace: str = Flight.Pace.EVEN
    daily_cap: int = 0
    views_per_device: int = 0
    per_days: int = 1
    pricing: str = Pricing.CPM
    amount_cents: int = 0
    targeting: Targeting = field(default_factory=Targeting)
    creatives: Sequence[CreativeOrder] = ()
