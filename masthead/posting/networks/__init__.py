"""The adapters, one a network; see `base.Network` for what each can do."""

from masthead.posting.networks.base import Network
from masthead.posting.networks.bluesky import Bluesky
from masthead.posting.networks.facebook import Facebook
from masthead.posting.networks.linkedin import LinkedIn
from masthead.posting.networks.mastodon import Mastodon
from masthead.posting.networks.telegram import Telegram
from masthead.posting.networks.threads import Threads
from masthead.posting.networks.webhook import Webhook
from masthead.posting.networks.x import X

ADAPTERS = (Mastodon, Bluesky, Telegram, Facebook, LinkedIn, Threads, X, Webhook)
NETWORKS: dict[str, Network] = {each.key: each() for each in ADAPTERS}


def find_network(key: str) -> Network | None:
    """None for networks where a person posts."""
    return NETWORKS.get(key)
