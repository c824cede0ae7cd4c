"""The adapters, one a network; see `base.Network` for what each can do."""

from masthead.posting.networks.base import Network
from masthead.posting.networks.mastodon import Mastodon

NETWORKS: dict[str, Network] = {each.key: each for each in (Mastodon(),)}


def find_network(key: str) -> Network | None:
    """None for networks where a person posts."""
    return NETWORKS.get(key)
