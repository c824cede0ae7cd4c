"""nginx with ngx_cache_purge: a PURGE of each address, in each encoding that is kept."""

from contextlib import closing

from masthead.press.door.deciding import quoted
from masthead.press.outer.caches import OuterCache, Purging
from masthead.press.outer.client import Line, NotTold

# The classes of Accept-Encoding that the configuration in docs/operate keeps apart.
CODINGS = ("br", "gzip", "")
# It says 412 (older ones 404) of what it does not have.
DONE = {200, 404, 412}


def tell_nginx(cache: OuterCache, purging: Purging) -> None:
    with closing(Line(cache.url)) as line:
        for host, target in purging.addresses:
            for coding in CODINGS:
                # Said even when empty: urllib3 would else name an encoding of its own.
                headers = {"Host": host, "Accept-Encoding": coding}
                status = line.ask("PURGE", quoted(target), headers)
                if status not in DONE:
                    raise NotTold(f"{line.host} answered {status} to the purge of an address.")
