"""What is offered, what was bought, and the mirror of what the payment provider says."""

from masthead.memberships.models.event import Event
from masthead.memberships.models.gift import Gift
from masthead.memberships.models.group import Group, Invitation, Seat
from masthead.memberships.models.letter_text import LetterText
from masthead.memberships.models.links import GiftLink
from masthead.memberships.models.member import Customer, Invoice, Membership
from masthead.memberships.models.metering import MeteredRead, ReadingRules
from masthead.memberships.models.plan import Plan, Price
from masthead.memberships.models.prompt import Prompt
from masthead.memberships.models.purchase import Purchase

__all__ = [
    "Customer",
    "Event",
    "Gift",
    "GiftLink",
    "Group",
    "Invitation",
    "Invoice",
    "LetterText",
    "Membership",
    "MeteredRead",
    "Plan",
    "Price",
    "Prompt",
    "Purchase",
    "ReadingRules",
    "Seat",
]
