"""Mastodon and the servers that speak its language (Pleroma, Akkoma, GoToSocial, Pixelfed …)."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from masthead.posting.networks.asking import Gone, Reply, TryLater, ask, looking_through
from masthead.posting.networks.base import Access, Draft, Network, Posted, last_number
from masthead.posting.networks.reading import at_path, moment_in

LOOK_BACK = 40  # statuses; the most that one answer has
MOST_PAGES = 10  # of the account's statuses since
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
        """None only when its list was read back to before the post was asked for."""
        number = access.known.get("id") or self._me(access).text("id")
        wanted = draft.reply_to.remote_id if draft.reply_to else None
        asked = (
            f"{access.server}/api/v1/accounts/{quote(number, safe='')}/statuses"
            f"?limit={LOOK_BACK}&exclude_reblogs=true"
        )
        below = ""
        for _page in range(MOST_PAGES):
            told = ask("GET", asked + below, token=access.secrets["access_token"])
            statuses = told.things()
            with looking_through():
                for status in statuses:
                    is_same_place = status.get("in_reply_to_id") == wanted
                    if is_same_place and _is_ours(status, draft):
                        return _posted(status)
                if not statuses or not _is_since(statuses[-1], draft):
                    return None
                below = f"&max_id={quote(str(at_path(statuses[-1], 'id')), safe='')}"
        raise TryLater(_("The account has posted too much since to find out."))

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
    link = f'href="{draft.link.replace("&", "&amp;")}"'
    return _is_since(status, draft) and link in str(status.get("content"))


def _is_since(status: dict[str, Any], draft: Draft) -> bool:
    return moment_in(status, "created_at") >= draft.at - CLOCKS_DIFFER


def _posted(status: Any) -> Posted:
    told = Reply(200, {}, status)
    number = told.text("id")
    url = at_path(status, "url") or at_path(status, "uri") or ""
    return Posted(remote_id=number, url=str(url))
