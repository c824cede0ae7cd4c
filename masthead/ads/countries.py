"""
Countries as sets of time zones: as coarse as it gets, and looked up on the device alone.

A device says in which zone its clock goes, by IANA's name or one of its older names. Whoever is on
a journey or sets another clock counts as there; nothing of it leaves the device.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files


def zones_of(countries: Iterable[str]) -> dict[str, list[str]]:
    """By ISO 3166-1 in upper case, every name of its zones; unknown countries have none."""
    known = _zones()
    return {country: list(known.get(country, ())) for country in sorted(set(countries))}


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """IANA's table of zones by country, and the older names that browsers still give."""
    folder = files("tzdata") / "zoneinfo"
    older: dict[str, list[str]] = {}
    for line in (folder / "tzdata.zi").read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "L":
            name, alias = rest.split()
            older.setdefault(name, []).append(alias)
    rows = [
        line.split("\t")
        for line in (folder / "zone.tab").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    named = {zone for _country, _place, zone, *_ in rows}
    found: dict[str, list[str]] = {}
    for country, _place, zone, *_ in rows:
        # An alias that the table gives to a country of its own belongs to that one alone.
        aliases = [each for each in older.get(zone, []) if each not in named]
        found.setdefault(country, []).extend([zone, *aliases])
    return {country: tuple(zones) for country, zones in found.items()}
