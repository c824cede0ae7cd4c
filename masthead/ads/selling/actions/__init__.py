"""All writes of what is sold. Each is one transaction, in the audit log, told to the pages."""

from masthead.ads.selling.actions.advertisers import change_advertiser, make_advertiser
from masthead.ads.selling.actions.campaigns import (
    book_campaign,
    cancel_campaign,
    change_campaign,
    confirm_campaign,
)
from masthead.ads.selling.actions.creatives import (
    add_creative,
    approve_creative,
    change_creative,
    drop_creative,
    refuse_creative,
)
from masthead.ads.selling.actions.flights import (
    add_flight,
    change_flight,
    drop_flight,
    make_good,
    pause_flight,
    resume_flight,
)
from masthead.ads.selling.refusals import AdsRefusal, NotAllowed

__all__ = [
    "AdsRefusal",
    "NotAllowed",
    "add_creative",
    "add_flight",
    "approve_creative",
    "book_campaign",
    "cancel_campaign",
    "change_advertiser",
    "change_campaign",
    "change_creative",
    "change_flight",
    "confirm_campaign",
    "drop_creative",
    "drop_flight",
    "make_advertiser",
    "make_good",
    "pause_flight",
    "refuse_creative",
    "resume_flight",
]
