from masthead.posting.models.account import Account, Mode
from masthead.posting.models.post import Act, Post, State, Try
from masthead.posting.models.websub import FollowedFeed, Subscription
from masthead.posting.models.words import OwnWords

__all__ = [
    "Account",
    "Act",
    "FollowedFeed",
    "Mode",
    "OwnWords",
    "Post",
    "State",
    "Subscription",
    "Try",
]
