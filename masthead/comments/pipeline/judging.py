"""The verdict: the first phase that has something to say decides."""

from masthead.comments.pipeline.phases import PHASES
from masthead.comments.pipeline.verdict import Draft, Facts, Outcome, Verdict


def judge(draft: Draft, facts: Facts) -> Verdict:
    """The same for the same draft and facts, always. Without a word against it: approved."""
    for phase in PHASES:
        verdict = phase(draft, facts)
        if verdict is not None:
            return verdict
    return Verdict(Outcome.APPROVE, "nothing-against", score=facts.scored)
