"""Where a person goes to post by hand, or to look what stands on an account."""

from masthead.outlets.networks import NETWORKS, BadAccount, profile_url, share_url
from masthead.posting.models import Account, Post


def share_address(post: Post) -> str:
    """The network's own form, filled in; empty when it has none."""
    network = NETWORKS.get(post.account.network)
    if network is None:
        return ""
    text = post.text.replace(post.link, "").strip() if post.link else post.text
    return share_url(network, url=post.link, text=text) or ""


def account_address(account: Account) -> str:
    """The account's own page; empty when it is not known."""
    network = NETWORKS.get(account.network)
    try:
        return profile_url(network, account.handle) if network else ""
    except BadAccount:
        return ""
