"""Telegram's Bot API: one bot that may post in one channel. It keeps no keys, lists nothing."""

from typing import Any

from tests.posting.stand_ins.server import Asked, Refusal, Said, StandInNetwork

TOKEN, CHAT = "700:telegram-token", "@courier"


class TelegramStandIn(StandInNetwork):
    def play(self, asked: Asked) -> Said:
        _nothing, bot, name = asked.path.split("/")
        if bot != f"bot{TOKEN}":
            raise _no(401, "Unauthorized")
        if asked.data.get("chat_id", asked.query.get("chat_id")) != CHAT:
            raise _no(400, "Bad Request: chat not found")
        if name == "getChat":
            return _yes({"id": -100, "title": "The Harbour Courier", "type": "channel"})
        if name == "sendMessage":
            return self._send(asked.data)
        if name == "editMessageText":
            return self._edit(asked.data)
        if name == "deleteMessage":
            return self._delete(asked.data)
        raise _no(404, "Not Found")

    def _send(self, data: dict[str, Any]) -> Said:
        _check(data["text"])
        reply = data.get("reply_parameters")
        if reply and str(reply["message_id"]) not in self.things:
            raise _no(400, "Bad Request: message to be replied not found")
        made = self.make({"text": data["text"]})
        return _yes({"message_id": int(made), "chat": {"username": "courier"}})

    def _edit(self, data: dict[str, Any]) -> Said:
        message = self.things.get(str(data["message_id"]))
        if message is None:
            raise _no(400, "Bad Request: message to edit not found")
        _check(data["text"])
        if message["text"] == data["text"]:
            raise _no(400, "Bad Request: message is not modified")
        message["text"] = data["text"]
        return _yes({"message_id": data["message_id"]})

    def _delete(self, data: dict[str, Any]) -> Said:
        if self.things.pop(str(data["message_id"]), None) is None:
            raise _no(400, "Bad Request: message to delete not found")
        return _yes(True)


def _check(text: str) -> None:
    if not text or len(text.encode("utf-16-le")) // 2 > 4096:
        raise _no(400, "Bad Request: message is too long")


def _yes(result: Any) -> Said:
    return Said(data={"ok": True, "result": result})


def _no(status: int, words: str) -> Refusal:
    return Refusal(status, {"ok": False, "error_code": status, "description": words})
