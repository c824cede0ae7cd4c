"""Facebook pages, by a page's own access token."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from masthead.posting.networks.asking import Gone, Reply, looking_through
from masthead.posting.networks.base import Access, Draft, Network, Posted
from masthead.posting.networks.meta import graph
from masthead.posting.networks.reading import at_path, moment_in

CLOCKS_DIFFER = timedelta(minutes=5)
FIELDS = "id,message,permalink_url,created_time,attachments{unshimmed_url}"


class Facebook(Network):
    """What is not in a page's feed yet may come a moment later, so a person has the last word."""

    key = "facebook"
    can_edit = can_delete = can_find = True

    def check(self, access: Access) -> str:
        url = f"{access.server}/me?fields=id,name"
        page = graph("GET", url, token=access.secrets["page_token"])
        access.remember({"id": page.text("id")})
        return page.text("name")

    def post(self, access: Access, draft: Draft) -> Posted:
        form = {"message": draft.text} | ({"link": draft.link} if draft.link else {})
        url = f"{access.server}/me/feed"
        return _posted(graph("POST", url, token=access.secrets["page_token"], form=form))

    def edit(self, access: Access, posted: Posted, draft: Draft) -> Posted:
        url = f"{access.server}/{quote(posted.remote_id, safe='')}"
        token = access.secrets["page_token"]
        graph("POST", url, token=token, form={"message": draft.text}, about=True)
        return posted

    def delete(self, access: Access, posted: Posted) -> None:
        url = f"{access.server}/{quote(posted.remote_id, safe='')}"
        try:
            graph("DELETE", url, token=access.secrets["page_token"], about=True)
        except Gone:
            return

    def find(self, access: Access, draft: Draft) -> Posted | None:
        url = f"{access.server}/me/feed?{urlencode({'fields': FIELDS, 'limit': 50})}"
        feed = graph("GET", url, token=access.secrets["page_token"])
        with looking_through():
            for each in feed.things("data"):
                if _is_ours(each, draft):
                    return _posted(Reply(200, {}, each))
        return None


def _is_ours(each: dict[str, Any], draft: Draft) -> bool:
    attached = at_path(each, "attachments", "data")
    attached = attached if isinstance(attached, list) else []
    links = [at_path(one, "unshimmed_url") for one in attached]
    return moment_in(each, "created_time") >= draft.at - CLOCKS_DIFFER and draft.link in links


def _posted(told: Reply) -> Posted:
    number = told.text("id")
    return Posted(
        remote_id=number,
        url=str(told.data.get("permalink_url") or f"https://www.facebook.com/{number}"),
    )
