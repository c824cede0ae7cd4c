from masthead.posting.models.account import Account, Mode
from masthead.posting.models.post import Act, Post, State, Try
from masthead.posting.models.words import OwnWords

__all__ = ["Account", "Act", "Mode", "OwnWords", "Post", "State", "Try"]
