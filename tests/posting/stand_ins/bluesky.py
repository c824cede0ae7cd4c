"""A personal data server of the AT Protocol with one account: sessions, blobs, records."""

import re
from typing import Any

from tests.posting.stand_ins.server import Asked, Refusal, Said, StandInNetwork

HANDLE, PASSWORD, DID = "courier.example", "abcd-efgh-ijkl-mnop", "did:plc:courier"
POST = "app.bsky.feed.post"
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


class BlueskyStandIn(StandInNetwork):
    def __init__(self) -> None:
        super().__init__()
        self.blobs: list[bytes] = []
        self.records: dict[tuple[str, str], dict[str, Any]] = {}

    def play(self, asked: Asked) -> Said:
        name = asked.path.removeprefix("/xrpc/com.atproto.")
        if name == "server.createSession":
            return self._session(asked.data)
        if asked.bearer != "session":
            raise Refusal(401, {"error": "AuthMissing", "message": "Authentication Required"})
        if name == "repo.uploadBlob":
            return self._blob(asked)
        if name == "repo.createRecord":
            return self._create(asked.data)
        if name == "repo.putRecord":
            return self._put(asked.data)
        if name == "repo.getRecord":
            return self._get(asked.query)
        if name == "repo.deleteRecord":
            self.records.pop((asked.data["collection"], asked.data["rkey"]), None)
            self.things.pop(_uri(asked.data), None)
            return Said(data={})
        raise Refusal(501, {"error": "MethodNotImplemented"})

    def _session(self, data: dict[str, str]) -> Said:
        if (data["identifier"], data["password"]) != (HANDLE, PASSWORD):
            raise Refusal(
                401,
                {"error": "AuthenticationRequired", "message": "Invalid identifier or password"},
            )
        return Said(data={"accessJwt": "session", "did": DID, "handle": HANDLE})

    def _blob(self, asked: Asked) -> Said:
        self.blobs.append(asked.body)
        kept = {"$type": "blob", "ref": {"$link": f"blob{len(self.blobs)}"}, "size": 9}
        return Said(data={"blob": kept | {"mimeType": asked.headers["content-type"]}})

    def _create(self, data: dict[str, Any]) -> Said:
        uri = _uri(data)
        if (data["collection"], data["rkey"]) in self.records:
            raise Refusal(400, {"error": "InvalidRequest", "message": "Record already exists"})
        record = data["record"]
        if not TID.fullmatch(data["rkey"]):
            raise Refusal(400, {"error": "InvalidRequest", "message": "rkey is no TID"})
        if len(record["text"].encode()) > 3000 or len(record["text"]) > 300:
            raise Refusal(400, {"error": "InvalidRecord", "message": "text must not be longer"})
        _check_facets(record)
        parent = record.get("reply", {}).get("parent")
        if parent and (parent["uri"] not in self.things or parent["cid"] != _cid(parent["uri"])):
            raise Refusal(400, {"error": "InvalidRecord", "message": "reply to nothing"})
        self.records[data["collection"], data["rkey"]] = record
        self.make(record, id=uri)
        return Said(data={"uri": uri, "cid": _cid(uri)})

    def _put(self, data: dict[str, Any]) -> Said:
        if not TID.fullmatch(data["rkey"]):
            raise Refusal(400, {"error": "InvalidRequest", "message": "rkey is no TID"})
        _check_lexicon(data["record"], data["collection"])
        self.records[data["collection"], data["rkey"]] = data["record"]
        return Said(data={"uri": _uri(data), "cid": _cid(_uri(data))})

    def _get(self, query: dict[str, str]) -> Said:
        record = self.records.get((query["collection"], query["rkey"]))
        if record is None:
            words = f"Could not locate record: {_uri(query)}"
            raise Refusal(400, {"error": "RecordNotFound", "message": words})
        return Said(data={"uri": _uri(query), "cid": _cid(_uri(query)), "value": record})


def _uri(data: dict[str, Any]) -> str:
    return f"at://{DID}/{data['collection']}/{data['rkey']}"


def _cid(uri: str) -> str:
    return f"bafy{abs(hash(uri)) % 10**8}"


# What the lexicons of standard.site ask for, and how long it may be.
REQUIRED = {
    "site.standard.publication": {"url", "name"},
    "site.standard.document": {"site", "title", "publishedAt"},
}
MOST = {"name": 128, "title": 500, "description": 300}


def _check_lexicon(record: dict[str, Any], collection: str) -> None:
    missing = {"$type", *REQUIRED.get(collection, ())} - record.keys()
    long = [name for name, most in MOST.items() if len(record.get(name, "")) > most]
    if missing or long or record["$type"] != collection:
        words = f"Invalid {collection} record: {sorted(missing)} {long}"
        raise Refusal(400, {"error": "InvalidRecord", "message": words})
    for name in ("url", "site"):
        if record.get(name, "").endswith("/"):
            raise Refusal(400, {"error": "InvalidRecord", "message": f"{name} with a slash"})
    if not record.get("path", "/").startswith("/"):
        raise Refusal(400, {"error": "InvalidRecord", "message": "path without a slash"})


def _check_facets(record: dict[str, Any]) -> None:
    text = record["text"].encode()
    for facet in record.get("facets", []):
        place = facet["index"]
        linked = text[place["byteStart"] : place["byteEnd"]].decode()
        if linked != facet["features"][0]["uri"]:
            raise Refusal(400, {"error": "InvalidRecord", "message": "facet beside its link"})
