from masthead.comments.models.comment import SHOWN, Comment, CommentVersion, State
from masthead.comments.models.deciding import Act, Appeal, Decision, Note, Reason
from masthead.comments.models.people import Ban, BannedAddress, Ignored, Person, Respect
from masthead.comments.models.reporting import Report
from masthead.comments.models.rules import House, Mode, Policy, Scorer, WhoMay, WordList
from masthead.comments.models.saved import SavedView
from masthead.comments.models.scoring import Learned, LearnedWord
from masthead.comments.models.thread import Thread

__all__ = [
    "SHOWN",
    "Act",
    "Appeal",
    "Ban",
    "BannedAddress",
    "Comment",
    "CommentVersion",
    "Decision",
    "House",
    "Ignored",
    "Learned",
    "LearnedWord",
    "Mode",
    "Note",
    "Person",
    "Policy",
    "Reason",
    "Report",
    "Respect",
    "SavedView",
    "Scorer",
    "State",
    "Thread",
    "WhoMay",
    "WordList",
]
