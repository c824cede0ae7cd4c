"""What Facebook and Threads share: the Graph API and its own numbers of errors."""

from collections.abc import Mapping

from masthead.posting.networks.asking import (
    Declined,
    Gone,
    NetworkError,
    NoLongerAllowed,
    Reply,
    TryLater,
    ask,
)

TOO_MANY = {"4", "17", "32", "341", "613", "80001"}
ASK_AGAIN = {"1", "2"}  # "unknown" and "service", answered before anything is done
KEYS = {"10", "102", "190", "200", "459", "460", "463", "464", "467"}
NOT_THERE = {"100", "803"}


def graph(
    method: str, url: str, *, token: str, form: Mapping[str, str] | None = None, about: bool = False
) -> Reply:
    """about: whether it is about one thing that may have gone."""
    try:
        return ask(method, url, token=token, form=form)
    except Declined as declined:
        kind = _kind_of(declined.code, about=about)
        if kind is None:
            raise
        raise kind(str(declined), status=declined.status, code=declined.code) from declined


def _kind_of(code: str, *, about: bool) -> type[NetworkError] | None:
    if code in TOO_MANY | ASK_AGAIN:
        return TryLater
    if code in KEYS:
        return NoLongerAllowed
    return Gone if about and code in NOT_THERE else None
