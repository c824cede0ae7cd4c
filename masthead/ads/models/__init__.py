"""What is sold, to whom, where it stands, and what was counted."""

from masthead.ads.models.authorised import SellersFile
from masthead.ads.models.buying import AdInvoice, Package
from masthead.ads.models.campaign import Advertiser, Campaign
from masthead.ads.models.counting import CountedBatch, HourOfAds, StrayEvent
from masthead.ads.models.creative import Creative
from masthead.ads.models.credit import CreditNote
from masthead.ads.models.editions import PlaceInEdition
from masthead.ads.models.flight import Flight, Pause, Pricing
from masthead.ads.models.pacing import FlightPace, Outlook, PacingTurn
from masthead.ads.models.paying import CampaignPayment
from masthead.ads.models.placement import Place, Placement

__all__ = [
    "AdInvoice",
    "Advertiser",
    "Campaign",
    "CampaignPayment",
    "CountedBatch",
    "Creative",
    "CreditNote",
    "Flight",
    "FlightPace",
    "HourOfAds",
    "Outlook",
    "PacingTurn",
    "Package",
    "Pause",
    "Place",
    "PlaceInEdition",
    "Placement",
    "Pricing",
    "SellersFile",
    "StrayEvent",
]
