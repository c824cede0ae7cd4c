"""Tax as Stripe works it out where it is asked to: here everybody lives where it is a fifth."""

from typing import Any

from masthead.memberships.standin.books import Thing
from masthead.memberships.standin.encoding import truth
from masthead.memberships.standin.errors import Refusal

PERCENT = 20


def is_asked(given: dict[str, Any]) -> bool:
    """Of what is asked for, and of what came of it."""
    return truth((given.get("automatic_tax") or {}).get("enabled"))


def refuse_without_address(given: dict[str, Any]) -> None:
    """Of somebody known, of whom no address is: the page has to be let ask for one."""
    may_ask = (given.get("customer_update") or {}).get("address") == "auto"
    if is_asked(given) and given.get("customer") and not may_ask:
        raise Refusal(
            "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a"
            " valid address to the Customer or set either `customer_update[address]` to 'auto' or"
            " `customer_update[shipping]` to 'auto' to save the address entered in Checkout."
        )


def part_of(total: int) -> int:
    """In a price that includes it."""
    return round(total * PERCENT / (100 + PERCENT))


def taxes(total: int, *, asked: bool) -> list[Thing]:
    if not asked:
        return []
    return [{"amount": part_of(total), "tax_behavior": "inclusive", "type": "tax_rate_details"}]
