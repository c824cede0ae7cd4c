"""Printed pages on disk, sealed, and the ledger of what is there. Nothing here knows Django."""

from masthead.press.shelf.addresses import APP, MOVED, PAGE, Address, Hosts, HostTable
from masthead.press.shelf.compressing import compress
from masthead.press.shelf.container import Page, Tampered, pack, unpack
from masthead.press.shelf.keeping import Stale, State
from masthead.press.shelf.ledger import AnotherRelease
from masthead.press.shelf.purging import Applied, Gap, Purge
from masthead.press.shelf.shelf import Found, Shelf
from masthead.press.shelf.sweeping import Swept
from masthead.press.shelf.told import EVERYBODY, Told
from masthead.press.shelf.verify import Fault

__all__ = [
    "APP",
    "EVERYBODY",
    "MOVED",
    "PAGE",
    "Address",
    "AnotherRelease",
    "Applied",
    "Fault",
    "Found",
    "Gap",
    "HostTable",
    "Hosts",
    "Page",
    "Purge",
    "Shelf",
    "Stale",
    "State",
    "Swept",
    "Tampered",
    "Told",
    "compress",
    "pack",
    "unpack",
]
