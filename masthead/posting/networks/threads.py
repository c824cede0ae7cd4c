"""Threads: a container is made, which nobody sees, and then published."""

from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from masthead.posting.networks.asking import (
    Gone,
    NetworkError,
    Reply,
    TryLater,
    before_posting,
)
from masthead.posting.networks.base import Access, Draft, Network, Posted, Renewed
from masthead.posting.networks.meta import graph

LOOK_BACK = 50


class Threads(Network):
    """
    A container is published once and says whether it was; its number is kept before that is
    asked. There is no editing; a correction is a reply.
    """

    key = "threads"
    can_reply = can_delete = can_find = absence_counts = True
    key_days = 60

    def check(self, access: Access) -> str:
        me = _graph(access, "GET", "me?fields=id,username")
        access.remember({"id": me.text("id")})
        return f"@{me.text('username')}"

    def post(self, access: Access, draft: Draft) -> Posted:
        container = draft.steps.get("container") or self._container(access, draft)
        made = _graph(access, "POST", "me/threads_publish", {"creation_id": container})
        return Posted(remote_id=made.text("id"), url=_permalink(access, made.text("id")))

    def _container(self, access: Access, draft: Draft) -> str:
        form = {"media_type": "TEXT", "text": draft.text}
        if draft.link:
            form["link_attachment"] = draft.link
        if draft.reply_to:
            form["reply_to_id"] = draft.reply_to.remote_id
        with before_posting():
            container = _graph(access, "POST", "me/threads", form).text("id")
        draft.note({"container": container})
        return container

    def delete(self, access: Access, posted: Posted) -> None:
        try:
            _graph(access, "DELETE", quote(posted.remote_id, safe=""), about=True)
        except Gone:
            return

    def find(self, access: Access, draft: Draft) -> Posted | None:
        container = draft.steps.get("container")
        if not container or not _was_published(access, container):
            return None
        found = _graph(
            access, "GET", f"me/threads?fields=id,text,permalink,timestamp&limit={LOOK_BACK}"
        )
        for each in found.things("data"):
            if each.get("text") == draft.text:
                return _posted(each)
        # It says that it was published; where, a person has to find.
        raise TryLater(_("Threads has published it, but does not list it yet."))

    def renew(self, access: Access) -> Renewed:
        asked = {"grant_type": "th_refresh_token", "access_token": access.secrets["access_token"]}
        url = f"{access.tokens}/refresh_access_token?{urlencode(asked)}"
        fresh = graph("GET", url, token="")
        return Renewed(
            secrets={**access.secrets, "access_token": fresh.text("access_token")},
            seconds=fresh.number("expires_in"),
        )


def _was_published(access: Access, container: str) -> bool:
    asked = f"{quote(container, safe='')}?fields=status"
    try:
        return _graph(access, "GET", asked, about=True).text("status") == "PUBLISHED"
    except Gone:  # after a day
        return False


def _permalink(access: Access, number: str) -> str:
    """An ornament: without it the post stands all the same."""
    try:
        return _graph(access, "GET", f"{quote(number, safe='')}?fields=permalink").text("permalink")
    except NetworkError:
        return ""


def _graph(
    access: Access, method: str, path: str, form: dict[str, str] | None = None, about: bool = False
) -> Reply:
    token = access.secrets["access_token"]
    return graph(method, f"{access.server}/{path}", token=token, form=form, about=about)


def _posted(each: dict[str, Any]) -> Posted:
    return Posted(remote_id=Reply(200, {}, each).text("id"), url=str(each.get("permalink", "")))
