"""The demo's plans, on sale at the stand-in, so that anybody can buy one without an account."""

from datetime import datetime

from masthead.memberships.models import Plan, Price
from masthead.memberships.providers.choosing import is_stand_in
from masthead.memberships.reading_rules import set_reading_rules
from masthead.memberships.selling import put_on_sale
from masthead.outlets.models import Outlet
from masthead.readers.models import Benefit

METERED = "courier"  # whose members' articles anybody reads some of

PLANS = [
    (
        "Ad-free",
        "Every page of every title without advertising.",
        [Benefit.AD_FREE],
        [("month", 300, False), ("year", 3000, False)],
        0,
    ),
    (
        "Supporter",
        "Ad-free, members’ articles, and the knowledge that somebody can go and ask.",
        [Benefit.AD_FREE, Benefit.MEMBERS_ARTICLES],
        [("month", 700, False), ("year", 7000, False)],
        14,
    ),
    (
        "Donation",
        "As much as you like, for the asking of questions.",
        [],
        [("once", 200, True)],
        0,
    ),
]


def add_memberships(*, at: datetime) -> None:
    """Nothing where real keys are set: the demo sells nothing for money."""
    if not is_stand_in():
        return
    for order, (name, promise, benefits, prices, trial_days) in enumerate(PLANS):
        plan = Plan.objects.create(
            name=name, promise=promise, benefits=benefits, trial_days=trial_days, order=order
        )
        for every, amount, is_choice in prices:
            Price.objects.create(
                plan=plan,
                currency="eur",
                amount_cents=amount,
                every=every,
                is_readers_choice=is_choice,
            )
        put_on_sale(plan=plan, at=at)
    for outlet in Outlet.objects.filter(slug=METERED):
        set_reading_rules(
            outlet=outlet, free_a_month=3, links_a_month=5, link_days=14, crawlers=[], at=at
        )
