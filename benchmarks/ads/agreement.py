"""
Whether the simulated devices choose as real ones do: the same pages, lists and numbers are given
to `ads.mjs`, run by Node.js, and to `benchmarks.ads.device`.
"""

import json
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from benchmarks.ads.book import EVERYWHERE, Booked, the_book
from benchmarks.ads.device import Fitting, Memory, Page, choose, walk_of
from benchmarks.ads.month import BEGIN, DAY
from benchmarks.ads.traffic import COUNTRIES, KINDS, OUTLETS, SCREENS, SECTIONS
from masthead.ads.selling.checking import REMEMBERED_DAYS

SCRIPT = Path(__file__).parents[2] / "masthead/ads/static/masthead/js/ads.mjs"
ASK = """
import { choose } from %s;
let given = "";
for await (const part of process.stdin) given += part;
const found = JSON.parse(given).map(({ list, about, place, shown, r }) => {
  const { seen } = about;
  about.seen = (flight) => seen[flight] ?? 0;
  return choose(list, about, place, shown, r)?.flight.i ?? null;
});
console.log(JSON.stringify(found));
"""
REMEMBER = """
import { kept, times } from %s;
let given = "";
for await (const part of process.stdin) given += part;
const found = JSON.parse(given).map((pages) => {
  let seen = {};
  return pages.map(([id, cap, days, now]) => {
    const before = times(seen, id, days, now);
    seen = kept(seen, { i: id, m: [cap, days] }, now);
    return before;
  });
});
console.log(JSON.stringify(found));
"""
CASES, DEVICES = 5_000, 300


def disagreements(*, seed: int = 11) -> int:
    """
    Of 5,000 places that are filled, how many are filled otherwise.

    Raises ClickException when Node.js is not there.
    """
    made = [_case(random.Random(f"{seed} {number}")) for number in range(CASES)]
    found = _asked(ASK, [case for case, _ in made])
    return sum(theirs != ours for theirs, (_, ours) in zip(found, made, strict=True))


def other_memories(*, seed: int = 12) -> int:
    """
    Of 300 devices that see capped flights for months, how many remember otherwise.

    Raises ClickException when Node.js is not there.
    """
    made = [_months(random.Random(f"{seed} {number}")) for number in range(DEVICES)]
    found = _asked(REMEMBER, made)
    return sum(theirs != _remembered(pages) for theirs, pages in zip(found, made, strict=True))


def _months(dice: random.Random) -> list[tuple[int, int, int, float]]:
    """Pages on which a flight was seen: its id, its cap, over how many days, and when."""
    flights = [
        (each, dice.randint(1, 4), dice.choice((1, 7, 30, REMEMBERED_DAYS))) for each in range(4)
    ]
    now, pages = float(BEGIN), []
    for _ in range(40):
        now += dice.choice((60, DAY / 3, DAY, 9 * DAY))
        pages.append((*dice.choice(flights), now))
    return pages


def _remembered(pages: list[tuple[int, int, int, float]]) -> list[int]:
    memory, found = Memory(), []
    for flight, cap, days, now in pages:
        found.append(memory.times(flight, days, now))
        memory.keep(flight, cap, now)
    return found


def _asked(code: str, given: Any) -> Any:
    if shutil.which("node") is None:
        raise click.ClickException("“bench ads” runs ads.mjs by Node.js: apt-get install nodejs")
    done = subprocess.run(
        ["node", "--input-type=module", "-e", code % json.dumps(SCRIPT.as_uri())],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _case(dice: random.Random) -> tuple[dict[str, Any], int | None]:
    """One place of one page, for the script, and what the model puts there."""
    book = [replace(each, outlets=(0, 1, 2)) for each in the_book(part=1)]
    listed = [(each, round(dice.random() ** 3, 5)) for each in dice.sample(book, 12)]
    listed.sort(key=lambda pair: pair[0].is_house)
    page = Page(
        dice.randrange(len(OUTLETS)),
        dice.randrange(len(SECTIONS)),
        dice.choice(KINDS),
        dice.choice(SCREENS),
        dice.choice(COUNTRIES),
    )
    place, hour, weekday, r = (
        dice.choice(EVERYWHERE),
        dice.randrange(24),
        dice.randrange(7),
        dice.random(),
    )
    shown = [each for each, _ in dice.sample(listed, 2)] if dice.random() < 0.5 else []
    seen = {each.id: dice.randrange(4) for each, _ in listed if each.cap}
    blocked = {each.id for each in shown}
    blocked |= {each.id for each, _ in listed if each.cap and seen[each.id] >= each.cap}
    trades = [each.trade for each in shown if each.trade]
    blocked |= {each.id for each, _ in listed if each.trade and each.trade in trades}
    open_now = [(e, chance) for e, chance in listed if _is_open(e, hour, weekday)]
    fits = Fitting(each for each, _ in listed)(page, place)
    case = {
        "list": {
            "v": 1,
            "zones": {country: [country] for country in COUNTRIES},
            "f": [_on_list(each, chance) for each, chance in listed],
        },
        "about": {
            "now": BEGIN + 15 * DAY,
            "kind": page.kind,
            "sections": [page.section],
            "topics": [],
            "hour": hour,
            "weekday": weekday,
            "screen": page.screen,
            "languages": ["en"],
            "zone": page.country,
            "seen": seen,
        },
        "place": place,
        "shown": {"flights": [each.id for each in shown], "trades": trades},
        "r": r,
    }
    return case, choose(walk_of(open_now), fits, blocked, r)


def _is_open(each: Booked, hour: int, weekday: int) -> bool:
    at_hour = not each.hours or hour in each.hours
    return at_hour and (not each.weekdays or weekday in each.weekdays)


def _on_list(each: Booked, chance: float) -> dict[str, Any]:
    """As `ads.listing` writes it."""
    optional = {
        "x": each.trade,
        "s": list(each.sections),
        "k": list(each.kinds),
        "h": list(each.hours),
        "d": list(each.weekdays),
        "b": list(each.screens),
        "z": list(each.countries),
        "m": [each.cap, each.cap_days] if each.cap else None,
    }
    return {
        "i": each.id,
        "p": 2 if each.is_house else 1,
        "w": [BEGIN, 0],
        "c": dict.fromkeys(each.places, chance),
        "a": [{"i": each.id, "at": list(each.places)}],
        **{name: value for name, value in optional.items() if value},
    }
