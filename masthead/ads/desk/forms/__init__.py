"""What the ad desk asks for."""

from masthead.ads.desk.forms.booking import AdvertiserForm, CampaignForm, MakeGoodForm
from masthead.ads.desk.forms.creatives import CreativeForm
from masthead.ads.desk.forms.flights import FlightForm

__all__ = ["AdvertiserForm", "CampaignForm", "CreativeForm", "FlightForm", "MakeGoodForm"]
