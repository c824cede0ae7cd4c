"""For each network: its stand-in, its adapter, and keys that fit. The contract is run for all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from masthead.posting.networks import NETWORKS
from masthead.posting.networks.base import Network
from tests.posting.stand_ins import bluesky, linkedin, mastodon, meta, telegram, webhook, x
from tests.posting.stand_ins.server import StandInNetwork


@dataclass(frozen=True)
class Kit:
    """
    posts_at: what the path has in it that really posts. shown: the text of one thing there.
    wrong: keys that do not fit. to_renew: what renewing needs beside the keys.
    """

    key: str
    stand_in: Callable[[], StandInNetwork]
    secrets: dict[str, Any]
    posts_at: str
    shown: Callable[[dict[str, Any]], str]
    handle: str = "courier"
    wrong: dict[str, Any] = field(default_factory=dict)
    to_renew: dict[str, Any] = field(default_factory=dict)

    @property
    def network(self) -> Network:
        return NETWORKS[self.key]


def _text(thing: dict[str, Any]) -> str:
    return str(thing["text"])


KITS = {
    kit.key: kit
    for kit in (
        Kit(
            key="mastodon",
            stand_in=mastodon.MastodonStandIn,
            secrets={"access_token": mastodon.TOKEN},
            wrong={"access_token": "stolen"},
            posts_at="/api/v1/statuses",
            shown=_text,
        ),
        Kit(
            key="bluesky",
            stand_in=bluesky.BlueskyStandIn,
            handle=bluesky.HANDLE,
            secrets={"app_password": bluesky.PASSWORD},
            wrong={"app_password": "stolen"},
            posts_at="repo.createRecord",
            shown=_text,
        ),
        Kit(
            key="telegram",
            stand_in=telegram.TelegramStandIn,
            secrets={"bot_token": telegram.TOKEN},
            wrong={"bot_token": "700:stolen"},
            posts_at="/sendMessage",
            shown=_text,
        ),
        Kit(
            key="facebook",
            stand_in=meta.FacebookStandIn,
            secrets={"page_token": meta.TOKEN},
            wrong={"page_token": "stolen"},
            posts_at="/me/feed",
            shown=lambda thing: str(thing["message"]),
        ),
        Kit(
            key="threads",
            stand_in=meta.ThreadsStandIn,
            secrets={"access_token": meta.TOKEN},
            wrong={"access_token": "stolen"},
            posts_at="/me/threads_publish",
            shown=_text,
        ),
        Kit(
            key="linkedin",
            stand_in=linkedin.LinkedInStandIn,
            secrets={"access_token": linkedin.TOKEN, "organization": linkedin.ORGANIZATION},
            wrong={"access_token": "stolen"},
            to_renew=linkedin.REFRESH,
            posts_at="/rest/posts",
            shown=lambda thing: str(thing["commentary"]),
        ),
        Kit(
            key="x",
            stand_in=x.XStandIn,
            secrets=x.KEYS,
            wrong={"user_token_secret": "stolen"},
            posts_at="/2/tweets",
            shown=_text,
        ),
        Kit(
            key="webhook",
            stand_in=webhook.WebhookStandIn,
            handle="archive",
            secrets={"signing_secret": webhook.SECRET},
            wrong={"signing_secret": "stolen"},
            posts_at="/",
            shown=lambda thing: str(thing["headline"]),
        ),
    )
}
