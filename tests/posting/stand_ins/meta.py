"""The Graph API of Facebook (one page) and of Threads (one profile)."""

from datetime import UTC, datetime
from typing import Any

from tests.posting.stand_ins.server import Asked, Refusal, Said, StandInNetwork

TOKEN = "graph-token"


def _refused(status: int, code: int, words: str) -> Refusal:
    return Refusal(status, {"error": {"message": words, "type": "OAuthException", "code": code}})


class GraphStandIn(StandInNetwork):
    def __init__(self) -> None:
        super().__init__()
        self.token = TOKEN

    def play(self, asked: Asked) -> Said:
        if asked.bearer != self.token:
            raise _refused(400, 190, "Invalid OAuth access token.")
        return self.graph(asked, asked.path.strip("/"))

    def graph(self, asked: Asked, path: str) -> Said:
        raise NotImplementedError

    def thing(self, number: str) -> dict[str, Any]:
        if number not in self.things:
            raise _refused(400, 100, f"Object with ID '{number}' does not exist")
        return self.things[number]


class FacebookStandIn(GraphStandIn):
    def graph(self, asked: Asked, path: str) -> Said:
        if path == "me":
            return Said(data={"id": "55", "name": "The Harbour Courier"})
        if path == "me/feed" and asked.method == "GET":
            return Said(data={"data": [self._listed(each) for each in reversed(self.things)]})
        if path == "me/feed":
            made = f"55_{len(self.made) + 900}"
            self.make({**asked.data, "at": datetime.now(UTC)}, id=made)
            return Said(data={"id": made})
        thing = self.thing(path)
        if asked.method == "DELETE":
            del self.things[path]
        else:
            thing["message"] = asked.data["message"]
        return Said(data={"success": True})

    def _listed(self, number: str) -> dict[str, Any]:
        thing = self.things[number]
        return {
            "id": number,
            "message": thing["message"],
            "permalink_url": f"https://www.facebook.com/{number}",
            "created_time": thing["at"].strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "attachments": {"data": [{"unshimmed_url": thing.get("link")}]},
        }


class ThreadsStandIn(GraphStandIn):
    def __init__(self) -> None:
        super().__init__()
        self.containers: dict[str, dict[str, Any]] = {}

    def play(self, asked: Asked) -> Said:
        return self._renew(asked) if asked.path == "/refresh_access_token" else super().play(asked)

    def _renew(self, asked: Asked) -> Said:
        if asked.query != {"grant_type": "th_refresh_token", "access_token": self.token}:
            raise _refused(400, 190, "Error validating access token.")
        self.token = f"{self.token}+"
        return Said(
            data={"access_token": self.token, "token_type": "bearer", "expires_in": 5_184_000}
        )

    def graph(self, asked: Asked, path: str) -> Said:
        if path == "me":
            return Said(data={"id": "77", "username": "courier"})
        if path == "me/threads" and asked.method == "GET":
            return Said(data={"data": [self._shown(each) for each in reversed(self.things)]})
        if path == "me/threads":
            return self._contain(asked.data)
        if path == "me/threads_publish":
            return self._publish(asked.data["creation_id"])
        if path in self.containers:
            return Said(data={"id": path, "status": self.containers[path]["status"]})
        self.thing(path)
        if asked.method == "DELETE":
            del self.things[path]
            return Said(data={"success": True})
        return Said(data=self._shown(path))

    def _contain(self, data: dict[str, str]) -> Said:
        if len(data["text"]) > 500:
            raise _refused(400, 100, "Param text must be at most 500 characters long.")
        if "reply_to_id" in data:
            self.thing(data["reply_to_id"])
        number = f"c{len(self.containers)}"
        self.containers[number] = {**data, "status": "FINISHED"}
        return Said(data={"id": number})

    def _publish(self, number: str) -> Said:
        container = self.containers[number]
        if container["status"] == "PUBLISHED":
            raise _refused(400, 24, "The container was published already.")
        container["status"] = "PUBLISHED"
        return Said(data={"id": self.make({"text": container["text"]})})

    def _shown(self, number: str) -> dict[str, Any]:
        permalink = f"https://www.threads.net/@courier/post/{number}"
        return {"id": number, "text": self.things[number]["text"], "permalink": permalink}
