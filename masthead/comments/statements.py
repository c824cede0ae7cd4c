"""Statements of reasons, as Article 17 of the EU's Digital Services Act asks for them."""

from typing import Any

from masthead.comments.models import Act, Comment, Reason

# Deceptive mass mail has no right to one (Art. 17 (2) DSA), and none is sent to a spammer.
WITHOUT = {Reason.SPAM}
_RESTRICTED = {
    Act.REJECT: "removal",
    Act.REMOVE_THREAD: "removal",
    Act.BAN: "suspension",
}


def statement(
    comment: Comment | None, *, act: str, reason: str, by_machine: bool
) -> dict[str, Any]:
    """
    What was restricted and why; empty where none is due. Words are made when it is shown.

    restriction: "removal" or "suspension". ground: "law" or "terms". detected, decided: whether a
    machine did. facts: of which comment and when.
    """
    if act not in _RESTRICTED or reason in WITHOUT:
        return {}
    return {
        "restriction": _RESTRICTED[Act(act)],
        "ground": "law" if reason == Reason.ILLEGAL else "terms",
        "reason": reason,
        "facts": {
            "comment": str(comment.public_id) if comment else None,
            "posted": comment.posted_at.isoformat() if comment else None,
        },
        "detected": "machine" if comment is not None and comment.phase and by_machine else "person",
        "decided": "machine" if by_machine else "person",
        "territory": "everywhere",
        "redress": ["appeal", "court"],
    }
