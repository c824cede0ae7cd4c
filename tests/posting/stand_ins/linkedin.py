"""LinkedIn's Posts API for one organisation."""

import re
import time
from urllib.parse import unquote

from tests.posting.stand_ins.server import Asked, Refusal, Said, StandInNetwork

TOKEN, ORGANIZATION = "linkedin-token", "2414183"
UNESCAPED = re.compile(r"(?<!\\)[|{}@\[\]()<>#*_~]")


class LinkedInStandIn(StandInNetwork):
    def play(self, asked: Asked) -> Said:
        if asked.bearer != TOKEN:
            raise Refusal(401, {"status": 401, "message": "Invalid access token"})
        if not re.fullmatch(r"20\d{4}", asked.headers.get("linkedin-version", "")):
            raise Refusal(400, {"status": 400, "message": "A version must be present"})
        path = asked.path.removeprefix("/rest/")
        if path == f"organizations/{ORGANIZATION}":
            return Said(data={"id": int(ORGANIZATION), "localizedName": "The Harbour Courier"})
        if path == "posts" and asked.method == "GET":
            return Said(data={"elements": list(reversed(self.things.values()))})
        if path == "posts":
            return self._create(asked)
        return self._one(asked, unquote(path.removeprefix("posts/")))

    def _create(self, asked: Asked) -> Said:
        if asked.data["author"] != f"urn:li:organization:{ORGANIZATION}":
            raise Refusal(403, {"status": 403, "message": "Not enough permissions"})
        self._check(asked.data["commentary"])
        name = f"urn:li:share:{7000 + len(self.made)}"
        self.make({**asked.data, "id": name, "createdAt": int(time.time() * 1000)}, id=name)
        return Said(201, headers={"x-restli-id": name})

    def _one(self, asked: Asked, name: str) -> Said:
        if asked.method == "DELETE":
            self.things.pop(name, None)
            return Said(204)
        if name not in self.things:
            raise Refusal(404, {"status": 404, "message": "Could not find entity"})
        if asked.headers.get("x-restli-method") != "PARTIAL_UPDATE":
            raise Refusal(400, {"status": 400, "message": "Unknown method"})
        changed = asked.data["patch"]["$set"]
        self._check(changed["commentary"])
        self.things[name] |= changed
        return Said(204)

    @staticmethod
    def _check(text: str) -> None:
        if len(text.replace("\\", "")) > 3000 or UNESCAPED.search(text):
            raise Refusal(422, {"status": 422, "message": "commentary is not valid"})
