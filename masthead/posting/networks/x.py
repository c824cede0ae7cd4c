"""X, by a user's own keys. Every post costs money; what it may cost is the account's budget."""

from typing import Any
from urllib.parse import quote

from masthead.posting.networks.asking import Gone, Reply, ask
from masthead.posting.networks.base import Access, Draft, Network, Posted, last_number
from masthead.posting.networks.oauth1 import authorization


class X(Network):
    """Reading costs as well, so it is not asked what it has; a doubt is a person's to settle."""

    key = "x"
    can_reply = can_delete = True

    def check(self, access: Access) -> str:
        return f"@{_ask(access, 'GET', 'users/me').text('data', 'username')}"

    def post(self, access: Access, draft: Draft) -> Posted:
        tweet: dict[str, Any] = {"text": draft.text}
        if draft.reply_to:
            tweet["reply"] = {"in_reply_to_tweet_id": draft.reply_to.remote_id}
        number = _ask(access, "POST", "tweets", tweet).text("data", "id")
        return Posted(remote_id=number, url=f"https://x.com/i/web/status/{number}")

    def delete(self, access: Access, posted: Posted) -> None:
        try:
            _ask(access, "DELETE", f"tweets/{quote(posted.remote_id, safe='')}")
        except Gone:
            return

    def id_in(self, url: str) -> str:
        return last_number(url)


def _ask(access: Access, method: str, path: str, data: Any = None) -> Reply:
    url, keys = f"{access.server}/2/{path}", access.secrets
    signed = authorization(
        method,
        url,
        consumer=(keys["consumer_key"], keys["consumer_secret"]),
        token=(keys["user_token"], keys["user_token_secret"]),
    )
    return ask(method, url, data=data, headers={"Authorization": signed})
