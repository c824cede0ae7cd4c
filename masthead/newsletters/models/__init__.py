from masthead.newsletters.models.clicks import ClicksOnArticle
from masthead.newsletters.models.copy import CopyArticle, EditionCopy
from masthead.newsletters.models.delivery import Delivery, LeftOut
from masthead.newsletters.models.edition import Edition, EditionState
from masthead.newsletters.models.newsletter import Newsletter, Pace
from masthead.newsletters.models.pacing import DomainPace, SendingHome, WarmUp
from masthead.newsletters.models.subscription import Subscription
from masthead.newsletters.models.unbroken import Unbroken

__all__ = [
    "ClicksOnArticle",
    "CopyArticle",
    "Delivery",
    "DomainPace",
    "Edition",
    "EditionCopy",
    "EditionState",
    "LeftOut",
    "Newsletter",
    "Pace",
    "SendingHome",
    "Subscription",
    "Unbroken",
    "WarmUp",
]
