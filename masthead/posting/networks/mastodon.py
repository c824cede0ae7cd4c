"""Mastodon and the servers that speak its language (Pleroma, Akkoma, GoToSocial, Pixelfed …)."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from masthead.posting.networks.asking import Gone, Reply, ask, looking_through
from masthead.posting.networks.base import Access, Draft, Network, Posted, last_number
from masthead.posting.networks.reading import at_path, moment_in

LOOK_BACK = 40  # statuses; the most that one answer has
CLOCKS_DIFFER = timedelta(minutes=5)


class Mastodon(Network):
    """
    Its server keeps an Idempotency-Key for an hour and answers a second asking with the first
    status; after that, its own list of statuses says whether ours is there.
    """

    key = "mastodon"
    can_edit = can_reply = can_delete = can_find = absence_counts = True

    def check(self, access: Access) -> str:
        return f"@{self._me(access).text('acct')}"

    def post(self, access: Access, draft: Draft) -> Posted:
        status: dict[str, Any] = {
            "status": draft.text,
            "visibility": "public",
            "language": draft.language,
        }
        if draft.reply_to:
            status["in_reply_to_id"] = draft.reply_to.remote_id
        return _posted(
            ask(
                "POST",
                f"{access.server}/api/v1/statuses",
                token=access.secrets["access_token"],
                headers={"Idempotency-Key": draft.key},
                data=status,
            ).data
        )

    def edit(self, access: Access, posted: Posted, draft: Draft) -> Posted:
        url = f"{access.server}/api/v1/statuses/{quote(posted.remote_id, safe='')}"
        changed = {"status": draft.text, "language": draft.language}
        return _posted(ask("PUT", url, token=access.secrets["access_token"], data=changed).data)

    def delete(self, access: Access, posted: Posted) -> None:
        url = f"{access.server}/api/v1/statuses/{quote(posted.remote_id, safe='')}"
        try:
            ask("DELETE", url, token=access.secrets["access_token"])
        except Gone:
            return

    def find(self, access: Access, draft: Draft) -> Posted | None:
        number = access.known.get("id") or self._me(access).text("id")
        told = ask(
            "GET",
            f"{access.server}/api/v1/accounts/{quote(number, safe='')}/statuses"
            f"?limit={LOOK_BACK}&exclude_reblogs=true",
            token=access.secrets["access_token"],
        )
        wanted = draft.reply_to.remote_id if draft.reply_to else None
        with looking_through():
            for status in told.things():
                is_same_place = status.get("in_reply_to_id") == wanted
                if is_same_place and _is_ours(status, draft):
                    return _posted(status)
        return None

    def id_in(self, url: str) -> str:
        return last_number(url)

    def _me(self, access: Access) -> Reply:
        me = ask(
            "GET",
            f"{access.server}/api/v1/accounts/verify_credentials",
            token=access.secrets["access_token"],
        )
        access.remember({"id": me.text("id")})
        return me


def _is_ours(status: dict[str, Any], draft: Draft) -> bool:
    """An article's address is in one post of an account only; its HTML has it as a link."""
    is_since = moment_in(status, "created_at") >= draft.at - CLOCKS_DIFFER
    link = f'href="{draft.link.replace("&", "&amp;")}"'
    return is_since and link in str(status.get("content"))


def _posted(status: Any) -> Posted:
    told = Reply(200, {}, status)
    number = told.text("id")
    url = at_path(status, "url") or at_path(status, "uri") or ""
    return Posted(remote_id=number, url=str(url))
