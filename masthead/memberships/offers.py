"""What is on sale, as pages know it: from the outlet's sheet, so that they ask no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from masthead.memberships.models import Plan, Price
from masthead.memberships.money import every_in_words, in_words
from masthead.memberships.prompting import prompts_for
from masthead.memberships.providers.choosing import selling_account
from masthead.memberships.standings import benefits_in
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Benefit

SUPPLEMENT = "memberships"
MOST_SHEETS = 200


@dataclass(frozen=True)
class Offer:
    """
    One price of a plan; `words` in the language in force, e.g. “€5 a month”.

    What is paid once (is_once) is a donation and grants nothing, whatever its plan does. promise:
    empty where it would promise that.
    """

    price_id: str
    plan: str
    promise: str
    words: str
    is_ad_free: bool
    trial_days: int
    is_readers_choice: bool
    is_for_groups: bool
    is_once: bool
    currency: str


def build_supplement(outlet_id: int) -> dict[str, Any]:
    """For the sheet of an outlet: plans on sale there, in order, with their prices; prompts."""
    built = {
        "plans": [_described(plan) for plan in plans_on_sale(outlet_id)],
        "prompts": prompts_for(outlet_id),
    }
    return {name: each for name, each in built.items() if each}


def plans_on_sale(outlet_id: int) -> list[Plan]:
    found = Plan.objects.filter(is_on_sale=True, sold_by=selling_account()).exclude(ref="")
    here = found.filter(outlet=None) | found.filter(outlet=outlet_id)
    ordered = here.order_by("order", "pk").prefetch_related("prices")
    return [plan for plan in ordered if _prices(plan)]


def _prices(plan: Plan) -> list[Price]:
    """What readers choose themselves comes last: a set price says what is usual."""
    kept = [each for each in plan.prices.all() if each.is_on_sale]
    return sorted(
        kept, key=lambda each: (each.is_readers_choice, each.every, each.amount_cents, each.pk)
    )


def _described(plan: Plan) -> dict[str, Any]:
    return {
        "name": plan.name,
        "promise": plan.promise,
        "ad_free": Benefit.AD_FREE in plan.benefits,
        "grants": bool(plan.benefits),
        "newsletters": [
            each.named for each in benefits_in(plan) if each.benefit == Benefit.NEWSLETTER
        ],
        "trial_days": plan.trial_days,
        "for_groups": plan.is_for_groups,
        "prices": [
            {
                "id": str(price.public_id),
                "currency": price.currency,
                "amount_cents": price.amount_cents,
                "every": price.every,
                "choice": price.is_readers_choice,
            }
            for price in _prices(plan)
        ],
    }


def offers_of(sheet: Sheet) -> list[Offer]:
    """No query; in words once for a sheet."""
    return [*_offers(sheet, get_language())]


@lru_cache(maxsize=MOST_SHEETS)
def _offers(sheet: Sheet, language: str | None) -> tuple[Offer, ...]:
    """language: the one in force, which is given to tell them apart."""
    plans = sheet.supplements.get(SUPPLEMENT, {}).get("plans", [])
    return tuple(_offer(plan, price) for plan in plans for price in plan["prices"])


def plans_with(newsletter: str, *, sheet: Sheet) -> list[str]:
    """Names of the plans on sale that grant it. newsletter: its public id. No query."""
    plans = sheet.supplements.get(SUPPLEMENT, {}).get("plans", [])
    return [
        plan["name"]
        for plan in plans
        if newsletter in plan.get("newsletters", [])
        and any(price["every"] != Price.Every.ONCE for price in plan["prices"])
    ]


def _offer(plan: dict[str, Any], price: dict[str, Any]) -> Offer:
    amount = in_words(price["amount_cents"], price["currency"])
    words = f"{amount} {every_in_words(price['every'])}".strip()
    is_once = price["every"] == Price.Every.ONCE
    is_for_groups = plan.get("for_groups", False)
    if is_for_groups:
        words = _("%(price)s a seat") % {"price": words}
    return Offer(
        price_id=price["id"],
        plan=plan["name"],
        promise="" if is_once and plan.get("grants", True) else plan["promise"],
        words=_("from %(price)s") % {"price": words} if price["choice"] else words,
        is_ad_free=plan["ad_free"] and not is_once,
        trial_days=0 if is_once else plan["trial_days"],
        is_readers_choice=price["choice"],
        is_for_groups=is_for_groups,
        is_once=is_once,
        currency=price["currency"],
    )


def currencies_of(offers: Iterable[Offer]) -> list[str]:
    """The first is the one that is shown to whoever chose none."""
    return list(dict.fromkeys(each.currency for each in offers))


def of_plan(offers: Iterable[Offer]) -> dict[str, list[Offer]]:
    """By the plan's name, in order."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        found.setdefault(offer.plan, []).append(offer)
    return found
