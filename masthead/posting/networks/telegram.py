"""Telegram channels, by a bot that may post in them."""

from typing import Any

from django.utils.translation import gettext as _

from masthead.posting.networks.asking import Declined, MaybeDone, NotPossible, Reply, ask
from masthead.posting.networks.base import Access, Draft, Network, Posted, last_number

NOT_CHANGED = "message is not modified"
ALREADY_GONE = "message to delete not found"
TOO_OLD = "can't be deleted"


class Telegram(Network):
    """A bot cannot read what it has said, so a doubt stays one until a person has looked."""

    key = "telegram"
    can_edit = can_reply = can_delete = True

    def check(self, access: Access) -> str:
        return _call(access, "getChat", {}, method="GET").text("result", "title")

    def post(self, access: Access, draft: Draft) -> Posted:
        message: dict[str, Any] = {"text": draft.text}
        if draft.link:
            message["link_preview_options"] = {"url": draft.link, "prefer_large_media": True}
        if draft.reply_to:
            message["reply_parameters"] = {"message_id": int(draft.reply_to.remote_id)}
        return _posted(access, _call(access, "sendMessage", message))

    def edit(self, access: Access, posted: Posted, draft: Draft) -> Posted:
        changed = {"message_id": int(posted.remote_id), "text": draft.text}
        try:
            return _posted(access, _call(access, "editMessageText", changed))
        except Declined as declined:
            if NOT_CHANGED in str(declined):
                return posted
            raise

    def delete(self, access: Access, posted: Posted) -> None:
        try:
            _call(access, "deleteMessage", {"message_id": int(posted.remote_id)})
        except Declined as declined:
            if TOO_OLD in str(declined):
                raise NotPossible(str(declined), status=declined.status) from declined
            if ALREADY_GONE not in str(declined):
                raise

    def id_in(self, url: str) -> str:
        return last_number(url)


def _call(access: Access, name: str, data: dict[str, Any], *, method: str = "POST") -> Reply:
    chat = f"@{access.handle.removeprefix('@')}"
    url = f"{access.server}/bot{access.secrets['bot_token']}/{name}"
    if method == "GET":
        return ask("GET", f"{url}?chat_id={chat}")
    return ask("POST", url, data={"chat_id": chat, **data})


def _posted(access: Access, told: Reply) -> Posted:
    number = told.text("result", "message_id")
    if not last_number(number):
        raise MaybeDone(_("The answer does not say what was asked."), status=told.status)
    return Posted(remote_id=number, url=f"https://t.me/{access.handle.removeprefix('@')}/{number}")
