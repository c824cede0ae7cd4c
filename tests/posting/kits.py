"""For each network: its stand-in, its adapter, and keys that fit. The contract is run for all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from masthead.posting.networks.base import Network
from masthead.posting.networks.mastodon import Mastodon
from tests.posting.stand_ins.mastodon import TOKEN, MastodonStandIn
from tests.posting.stand_ins.server import StandInNetwork


@dataclass(frozen=True)
class Kit:
    """posts_at: what the path has in it that really posts. shown: the text of one thing there."""

    key: str
    stand_in: Callable[[], StandInNetwork]
    network: Callable[[], Network]
    secrets: dict[str, Any]
    posts_at: str
    shown: Callable[[dict[str, Any]], str]
    handle: str = "courier"
    wrong: dict[str, Any] = field(default_factory=dict)


KITS = {
    kit.key: kit
    for kit in (
        Kit(
            key="mastodon",
            stand_in=MastodonStandIn,
            network=Mastodon,
            secrets={"access_token": TOKEN},
            wrong={"access_token": "stolen"},
            posts_at="/api/v1/statuses",
            shown=lambda thing: thing["text"],
        ),
    )
}
