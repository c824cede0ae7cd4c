"""How the device chooses: the module that readers get, run as they run it."""

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from masthead.ads.selling.checking import REMEMBERED_DAYS

MODULES = Path(__file__).parents[2] / "masthead/ads/static/masthead/js"
ABOUT = {
    "now": 1_000,
    "kind": "article",
    "sections": [4, 1],
    "topics": [31],
    "hour": 7,
    "weekday": 0,
    "screen": "narrow",
    "languages": ["en"],
    "zone": "GB",
    "seen": 2,
}
RUN = """
const [, address, about, cases] = process.argv;
const {{ {names} }} = await import(address);
{code}
"""


def run(module: str, names: str, code: str, *given: Any) -> Any:
    done = subprocess.run(
        [
            "node",
            "--input-type=module",
            "-e",
            RUN.format(names=names, code=code),
            (MODULES / module).as_uri(),
            *map(json.dumps, given),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def a_flight(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "i": number,
        "p": 1,
        "w": [0, 0],
        "c": {"top": 0.25},
        "a": [{"i": 10 * number, "k": "card", "at": ["top"], "u": "https://quay.example/"}],
    } | fields


def choose(cases: list[tuple[list[dict[str, Any]], float, dict[str, Any]]]) -> list[Any]:
    code = """
    const own = JSON.parse(about);
    const made = JSON.parse(cases).map(([f, r, shown]) => {
      const about = { ...own, seen: () => own.seen };
      const list = { f, zones: { GB: ["Europe/London", "GB"], IE: ["Europe/Dublin"] } };
      return choose(list, about, "top", shown, r)?.creative.i ?? null;
    });
    console.log(JSON.stringify(made));
    """
    found: list[Any] = run("ads.mjs", "choose", code, ABOUT, cases)
    return found


def test_no_cap_is_sold_over_more_days_than_a_device_remembers() -> None:
    assert f"KEPT_DAYS = {REMEMBERED_DAYS};" in (MODULES / "ads.mjs").read_text()


def test_choosing_advertising_takes_less_than_six_of_the_ten_kilobytes_of_scripts() -> None:
    assert len(gzip.compress((MODULES / "ads.mjs").read_bytes())) < 6_000


NOTHING: dict[str, Any] = {"flights": [], "trades": []}
FITTING: list[dict[str, Any]] = [
    {"s": [4]},
    {"s": [9, 1]},
    {"t": [31]},
    {"k": ["article"]},
    {"h": [7]},
    {"d": [0]},
    {"b": ["narrow"]},
    {"l": ["en"]},
    {"z": ["GB"]},
    {"m": [3, 1]},
    {"w": [900, 1001]},
    {"x": "bakery"},
]
NOT_FITTING: list[dict[str, Any]] = [
    {"s": [5]},
    {"t": [30]},
    {"k": ["front"]},
    {"h": [8, 9]},
    {"d": [6]},
    {"b": ["wide"]},
    {"l": ["ar"]},
    {"z": ["IE"]},
    {"m": [2, 1]},
    {"w": [1001, 0]},
    {"w": [0, 1000]},
    {"x": "cars"},
    {"i": 7},
    {"c": {"side": 1}},
    {"a": [{"i": 1, "k": "card", "at": ["side"], "u": "https://quay.example/"}]},
]


def test_only_flights_that_fit_are_chosen() -> None:
    shown = {"flights": [7], "trades": ["cars", ""]}
    fitting = [([a_flight(1, **each)], 0.1, shown) for each in FITTING]
    others = [([a_flight(1, **each)], 0.1, shown) for each in NOT_FITTING]

    assert choose(fitting) == [10] * len(FITTING)
    assert choose(others) == [None] * len(NOT_FITTING)


def test_one_number_walks_sponsorships_then_standard_then_house() -> None:
    list_ = [
        a_flight(1, p=0, c={"top": 0.5}),
        a_flight(2, c={"top": 0.25}),
        a_flight(3, p=2, c={"top": 0.5}),
    ]
    numbers = [0.0, 0.49, 0.5, 0.74, 0.75, 0.87, 0.88, 0.99]

    found = choose([(list_, number, NOTHING) for number in numbers])

    assert found == [10, 10, 20, 20, 30, 30, None, None]


def test_a_flight_gets_its_chance_whoever_else_fits() -> None:
    list_ = [a_flight(1, s=[9], c={"top": 0.5}), a_flight(2)]
    numbers = [n / 100 for n in range(100)]

    assert choose([(list_, number, NOTHING) for number in numbers]).count(20) == 25


def test_creatives_share_a_flight_by_weight() -> None:
    creative = {"k": "card", "at": ["top"], "u": "https://quay.example/"}
    flight = a_flight(1, c={"top": 1}, a=[{**creative, "i": 1, "q": 3}, {**creative, "i": 2}])

    found = choose([([flight], n / 100, NOTHING) for n in range(100)])

    assert (found.count(1), found.count(2)) == (75, 25)


def test_hours_and_weekdays_are_by_the_outlets_clock() -> None:
    code = "console.log(JSON.stringify(clockOf(1_782_864_000, JSON.parse(about))))"

    # 1 July 2026, 00:00 UTC, a Wednesday.
    found = [run("ads.mjs", "clockOf", code, zone) for zone in ("Asia/Kolkata", "America/Lima")]

    assert found == [{"hour": 5, "weekday": 2}, {"hour": 19, "weekday": 1}]


TCF = {"eventStatus": "tcloaded", "gdprApplies": True, "purpose": {"consents": {"1": True}}}
GPP: dict[str, Any] = {"signalStatus": "ready", "applicableSections": [7], "parsedSections": {}}
US = {"SaleOptOut": 2, "SharingOptOut": 2, "TargetedAdvertisingOptOut": 2, "Gpc": False}


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        (
            "tcfAgrees",
            [
                (TCF, True),
                (TCF | {"eventStatus": "useractioncomplete"}, True),
                (TCF | {"eventStatus": "cmpuishown"}, False),
                (TCF | {"purpose": {"consents": {"1": False}}}, False),
                (TCF | {"purpose": {}}, False),
                (TCF | {"gdprApplies": False, "purpose": {}}, True),
            ],
        ),
        (
            "gppAgrees",
            [
                (GPP, False),
                (GPP | {"parsedSections": {"usnat": US}}, True),
                (GPP | {"parsedSections": {"usnat": [US]}}, True),
                (GPP | {"parsedSections": {"usca": US | {"SaleOptOut": 1}}}, False),
                (GPP | {"parsedSections": {"usnat": US | {"Gpc": True}}}, False),
                (GPP | {"parsedSections": {"tcfeuv2": {"PurposeConsents": [True]}}}, True),
                (GPP | {"parsedSections": {"tcfeuv2": {"PurposeConsents": [False]}}}, False),
                (GPP | {"applicableSections": [-1]}, True),
                (GPP | {"signalStatus": "not ready", "applicableSections": [-1]}, False),
            ],
        ),
    ],
)
def test_others_wait_for_consent(name: str, answers: list[tuple[dict[str, Any], bool]]) -> None:
    code = f"console.log(JSON.stringify(JSON.parse(about).map({name})))"

    found = run("ad-tags.mjs", name, code, [asked for asked, _ in answers])

    assert found == [is_agreed for _, is_agreed in answers]
