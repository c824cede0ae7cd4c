"""The phases. Each looks at one thing and says nothing where it has nothing to say."""

from datetime import timedelta

from masthead.comments.models.deciding import Reason
from masthead.comments.models.rules import Mode, Scorer, WhoMay
from masthead.comments.pipeline.verdict import Draft, Facts, Outcome, Phase, Verdict
from masthead.comments.words import Found

SHORTEST, LONGEST = 2, 5_000
MOST_LINKS_TOLD = 10
HELD_FROM_LINKS = 2
REPEAT_WITHIN = timedelta(hours=24)
FLOOD = ((timedelta(seconds=60), 4), (timedelta(hours=1), 30))
FIRST_ONES = 2  # approved ones before somebody is no longer new
REFUSED_SHARE, REFUSED_LEAST = 0.3, 3
SPAM_FROM = 0.95
HELD_FROM: dict[str, float] = {Scorer.STRICT: 0.6, Scorer.USUAL: 0.75, Scorer.LENIENT: 0.9}


def length(draft: Draft, facts: Facts) -> Verdict | None:
    letters = len(draft.text.strip())
    if letters > LONGEST:
        return Verdict(Outcome.TELL, "length", "too-long")
    if letters < SHORTEST or not draft.html:
        return Verdict(Outcome.TELL, "length", "too-short")
    return None


def closed(draft: Draft, facts: Facts) -> Verdict | None:
    if not facts.rules.is_open(published_at=facts.published_at, at=draft.at):
        return Verdict(Outcome.TELL, "closed", "closed")
    if facts.rules.who == WhoMay.MEMBERS and not (facts.is_member or facts.record.is_staff):
        return Verdict(Outcome.TELL, "closed", "members-only")
    return None


def ban(draft: Draft, facts: Facts) -> Verdict | None:
    """Said openly: whoever is shut out is told so, not left to write for nobody."""
    return Verdict(Outcome.TELL, "ban", "banned") if facts.is_banned else None


def slow(draft: Draft, facts: Facts) -> Verdict | None:
    """The place's own slow mode."""
    seconds = facts.rules.slow_seconds
    if not seconds or not facts.record.lately or draft.is_edit or facts.record.is_staff:
        return None
    left = seconds - (draft.at - facts.record.lately[0][1]).total_seconds()
    if left <= 0:
        return None
    return Verdict(Outcome.TELL, "slow", "slow", wait_seconds=int(left) + 1)


def flood(draft: Draft, facts: Facts) -> Verdict | None:
    """More than a person writes."""
    if draft.is_edit:
        return None
    for within, most in FLOOD:
        times = [at for _print, at in facts.record.lately if draft.at - at < within]
        if len(times) >= most:
            left = (times[most - 1] + within - draft.at).total_seconds()
            return Verdict(Outcome.TELL, "flood", "flood", wait_seconds=max(1, int(left) + 1))
    return None


def repeat(draft: Draft, facts: Facts) -> Verdict | None:
    if draft.is_edit:
        return None
    for fingerprint, at in facts.record.lately:
        if fingerprint == draft.fingerprint and draft.at - at < REPEAT_WITHIN:
            return Verdict(Outcome.TELL, "repeat", Reason.REPEAT)
    return None


def banned_words(draft: Draft, facts: Facts) -> Verdict | None:
    found = facts.banned.find(draft.text)
    if not found:
        return None
    return Verdict(Outcome.REFUSE, "banned-words", Reason.WORDS, _marks(found))


def staff(draft: Draft, facts: Facts) -> Verdict | None:
    return Verdict(Outcome.APPROVE, "staff") if facts.record.is_staff else None


def suspect_words(draft: Draft, facts: Facts) -> Verdict | None:
    found = facts.suspect.find(draft.text)
    return Verdict(Outcome.HOLD, "suspect-words", "words", _marks(found)) if found else None


def links(draft: Draft, facts: Facts) -> Verdict | None:
    number = draft.html.count("<a ")
    if number > MOST_LINKS_TOLD:
        return Verdict(Outcome.TELL, "links", "too-many-links")
    is_new = facts.record.approved < FIRST_ONES
    if number >= HELD_FROM_LINKS or (number and is_new):
        return Verdict(Outcome.HOLD, "links", "links", _marks(_links_in(draft.text)))
    return None


def new_author(draft: Draft, facts: Facts) -> Verdict | None:
    if facts.rules.mode == Mode.FIRST_HELD and facts.record.approved < FIRST_ONES:
        return Verdict(Outcome.HOLD, "new-author", "new-author")
    return None


def reputation(draft: Draft, facts: Facts) -> Verdict | None:
    record = facts.record
    if record.refused_lately < REFUSED_LEAST:
        return None
    if record.refused_lately / max(1, record.decided_lately) < REFUSED_SHARE:
        return None
    return Verdict(Outcome.HOLD, "reputation", "refused-lately")


def scorer(draft: Draft, facts: Facts) -> Verdict | None:
    if facts.rules.scorer == Scorer.OFF:
        return None
    if facts.scorer_failed:
        if facts.holds_when_scorer_fails:
            return Verdict(Outcome.HOLD, "scorer", "scorer-failed")
        return None
    if facts.scored is None or facts.scored < HELD_FROM[facts.rules.scorer]:
        return None
    reason = "looks-like-spam" if facts.scored >= SPAM_FROM else "looks-doubtful"
    return Verdict(Outcome.HOLD, "scorer", reason, score=facts.scored)


def all_held(draft: Draft, facts: Facts) -> Verdict | None:
    if facts.rules.mode == Mode.ALL_HELD:
        return Verdict(Outcome.HOLD, "all-held", "all-held")
    return None


# What is told before what is held, so that nobody waits for a moderator in vain; the scorer last
# of those that need somebody else.
PHASES: tuple[Phase, ...] = (
    length,
    closed,
    ban,
    flood,
    slow,
    repeat,
    banned_words,
    staff,
    links,
    suspect_words,
    new_author,
    reputation,
    scorer,
    all_held,
)


def _marks(found: list[Found]) -> tuple[tuple[int, int], ...]:
    return tuple((each.start, each.end) for each in found)


def _links_in(text: str) -> list[Found]:
    found: list[Found] = []
    at = text.find("http")
    while at >= 0 and len(found) < MOST_LINKS_TOLD:
        end = at
        while end < len(text) and not text[end].isspace():
            end += 1
        if text.startswith(("http://", "https://"), at):
            found.append(Found(text[at:end], at, end))
        at = text.find("http", end)
    return found
