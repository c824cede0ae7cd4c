"""Any other cache: a POST of JSON, as a CDN's own purge address or a small script can take it."""

import json
from contextlib import closing

from masthead.press.outer.caches import OuterCache, Purging
from masthead.press.outer.client import Line, NotTold


def tell_http(cache: OuterCache, purging: Purging) -> None:
    headers = {"Content-Type": "application/json"}
    if token := cache.options.get("token"):
        headers["Authorization"] = f"Bearer {token}"
    said = {
        "number": purging.number,
        "keys": purging.keys,
        "urls": purging.urls,
        "everything": purging.everything,
    }
    with closing(Line(cache.url)) as line:
        status = line.ask("POST", line.path, headers, json.dumps(said).encode())
        if not 200 <= status < 300:
            raise NotTold(f"{line.host} answered {status} to a purge.")
