"""Varnish with vmod xkey: a PURGE with the keys in a header, as docs/operate writes its VCL."""

from collections.abc import Iterable, Iterator
from contextlib import closing

from masthead.press.outer.caches import OuterCache, Purging
from masthead.press.outer.client import Line, NotTold

# Varnish takes 8 kB of one header line.
MOST_HEADER_BYTES = 4_000


def tell_varnish(cache: OuterCache, purging: Purging) -> None:
    with closing(Line(cache.url)) as line:
        for some in split(purging.keys, most=MOST_HEADER_BYTES):
            status = line.ask("PURGE", line.path, {"xkey-purge": some})
            if status != 200:
                raise NotTold(f"{line.host} answered {status} to a purge by keys.")


def split(keys: Iterable[str], *, most: int) -> Iterator[str]:
    """Keys with spaces between, in lines of at most so many characters."""
    line = ""
    for key in keys:
        if line and len(line) + 1 + len(key) > most:
            yield line
            line = ""
        line = f"{line} {key}" if line else key
    if line:
        yield line
