"""From what somebody wrote to what becomes of it: a list of phases, of which the first decides."""

from masthead.comments.pipeline.judging import judge
from masthead.comments.pipeline.verdict import Draft, Facts, Outcome, Verdict

__all__ = ["Draft", "Facts", "Outcome", "Verdict", "judge"]
