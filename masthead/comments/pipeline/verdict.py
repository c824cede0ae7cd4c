"""What the phases are given, and what one of them may say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from masthead.comments.rules import Rules
from masthead.comments.words import Words


class Outcome(Enum):
    TELL = "tell"  # not taken; the author is told why and can change it
    REFUSE = "refuse"
    HOLD = "hold"
    APPROVE = "approve"


@dataclass(frozen=True)
class Verdict:
    """
    reason: short and lasting; `wording` has the sentence. marks: where it stands in the text.
    wait_seconds: after how long it would be taken.
    """

    outcome: Outcome
    phase: str
    reason: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    wait_seconds: int = 0
    score: float | None = None


@dataclass(frozen=True)
class Draft:
    """What is to be judged. fingerprint: of the text, the same for texts that only look other."""

    text: str
    html: str
    fingerprint: str
    at: datetime
    is_reply: bool = False
    is_edit: bool = False


@dataclass(frozen=True)
class Record:
    """An author's so far. lately: (fingerprint, when) of the newest, newest first."""

    approved: int = 0
    rejected: int = 0
    lately: tuple[tuple[str, datetime], ...] = ()
    decided_lately: int = 0
    refused_lately: int = 0
    is_staff: bool = False


@dataclass(frozen=True)
class Facts:
    """
    All that a verdict depends on, so that the same facts always give the same verdict.

    ban_until: None when nobody is banned; `FOR_GOOD` without an end.
    scored: the scorer's answer between 0 and 1; None when there is none to ask or too little to
    go by. scorer_failed: it was asked and did not answer.
    """

    rules: Rules
    published_at: datetime
    record: Record = field(default_factory=Record)
    banned: Words = field(default_factory=lambda: Words(()))
    suspect: Words = field(default_factory=lambda: Words(()))
    is_banned: bool = False
    is_member: bool = False
    scored: float | None = None
    scorer_failed: bool = False
    holds_when_scorer_fails: bool = True


Phase = Callable[[Draft, Facts], Verdict | None]
DAY = timedelta(days=1)
