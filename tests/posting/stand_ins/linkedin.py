"""LinkedIn's Posts API for one organisation."""

import re
import time
from urllib.parse import unquote

from tests.posting.stand_ins.server import Asked, Refusal, Said, StandInNetwork

TOKEN, ORGANIZATION = "linkedin-token", "2414183"
UNESCAPED = re.compile(r"(?<!\\)[|{}@\[\]()<>#*_~]")


REFRESH = {
    "refresh_token": "linkedin-refresh",
    "client_id": "77abc",
    "client_secret": "linkedin-app",
}
DAY = 86_400


class LinkedInStandIn(StandInNetwork):
    """days_left: how long its refresh token is still good for."""

    def __init__(self) -> None:
        super().__init__()
        self.token, self.days_left = TOKEN, 365

    def play(self, asked: Asked) -> Said:
        if asked.path == "/oauth/v2/accessToken":
            return self._renew(asked.data)
        if asked.bearer != self.token:
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

    def _renew(self, data: dict[str, str]) -> Said:
        if data != {"grant_type": "refresh_token", **REFRESH}:
            words = "The provided authorization grant or refresh token is invalid"
            raise Refusal(400, {"error": "invalid_request", "error_description": words})
        self.token = f"{self.token}+"
        return Said(
            data={
                "access_token": self.token,
                "expires_in": min(60, self.days_left) * DAY,
                "refresh_token": REFRESH["refresh_token"],
                "refresh_token_expires_in": self.days_left * DAY,
            }
        )

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
