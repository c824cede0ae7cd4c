"""
Accounts elsewhere for the demo, so that the desk's screens of networks show what they are for.

Nothing leaves the machine: two networks on which a person posts, and a program on this machine
that is paused (and that the way out would refuse to call).
"""

from datetime import datetime

from masthead.accounts.models import User
from masthead.outlets.models import Outlet
from masthead.posting.actions.accounts import connect_account, pause_account
from masthead.posting.actions.by_people import it_is_there
from masthead.posting.actions.planning import NEWS_FOR, plan_posts
from masthead.posting.models import Mode, State
from masthead.posting.queries import posts_of
from masthead.publishing.models import Release

NOWHERE = "https://127.0.0.1/archive"


def connect_accounts(*, outlet: Outlet, by: User, at: datetime) -> None:
    """Before anything is released: what came out before is not told."""
    name = outlet.slug
    connect_account(
        outlet=outlet, network="minds", handle=name, secrets={}, mode=Mode.AUTO, by=by, at=at
    )
    connect_account(
        outlet=outlet, network="gettr", handle=name, secrets={}, mode=Mode.OFF, by=by, at=at
    )
    archive = connect_account(
        outlet=outlet,
        network="webhook",
        handle="The library's archive",
        server=NOWHERE,
        secrets={"signing_secret": "whsec_bm90aGluZyBzZWNyZXQ="},
        mode=Mode.AUTO,
        by=by,
        at=at,
    )
    pause_account(account=archive, by=by, at=at)


def tell_of_today(*, outlet: Outlet, by: User, at: datetime) -> None:
    """As the jobs after the releases do, so that it is there at once; one is ticked already."""
    releases = Release.objects.filter(at__gt=at - NEWS_FOR)
    for release in releases.select_related("article", "version").order_by("at", "pk"):
        if release.article.is_descendant_of(outlet):
            plan_posts(release=release, at=release.at)
    by_hand = posts_of(outlet.pk).filter(state=State.BY_HAND)
    for post in by_hand.order_by("planned_at", "pk")[:1]:
        it_is_there(post=post, by=by, at=at)
