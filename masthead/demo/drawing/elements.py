"""Things that recur in the pictures: water, ships, cranes, houses, birds, weather."""

from __future__ import annotations

import math
from collections.abc import Sequence

from masthead.demo.drawing.paper import Point, Sheet, ellipse, mix, smooth, wave


def ripples(
    s: Sheet, top: float, bottom: float, colour: str, count: int, *, alpha: float = 0.5
) -> None:
    """Thin leaves of light over the whole water, larger toward the reader."""
    for _ in range(count):
        part = s.random.random() ** 1.2
        y = top + (bottom - top) * part
        s.oval(
            s.near(-50, s.width + 50),
            y,
            s.near(25, 60) * (0.5 + 2 * part),
            1 + 3.2 * part,
            colour,
            alpha=alpha,
        )


def light_path(
    s: Sheet, x: float, top: float, bottom: float, colour: str, *, wide: float, count: int = 16
) -> None:
    """The road of light under a sun, a moon or a lamp."""
    for i in range(count):
        part = i / (count - 1)
        y = top + (bottom - top) * part**1.25 + 3
        half = wide * (0.3 + 0.8 * part) * s.near(0.35, 1)
        s.oval(
            x + s.near(-1, 1) * wide * 0.22, y, half, 1.6 + 4.5 * part * min(wide / 90, 1.4), colour
        )


def swell(
    s: Sheet, y: float, colour: str, *, high: float, long: float, lift: float = 6, shade: str = ""
) -> None:
    """One paper wave across the sheet, down to its foot."""
    top = wave(-20, s.width + 20, y, high=high, long=long, at=s.near(0, 6))
    foot = [(s.width + 20.0, s.height + 20.0), (-20.0, s.height + 20.0)]
    s.cut([*top, *foot], colour, lift=lift, shade=shade)


def hill(
    s: Sheet, points: Sequence[Point], foot: float, colour: str, *, lift: float = 0, shade: str = ""
) -> None:
    """A soft ridge through the points, down to `foot`."""
    ridge = smooth(points, closed=False)
    s.cut([*ridge, (ridge[-1][0], foot), (ridge[0][0], foot)], colour, lift=lift, shade=shade)


def cloud(
    s: Sheet, x: float, y: float, w: float, colour: str, *, lift: float = 5, alpha: float = 1
) -> None:
    """A flat-footed cloud of overlapping rounds."""
    h = w * 0.13
    top: list[Point] = [(x - w / 2, y)]
    top += [(x - w * 0.42, y - h * 0.8), (x - w * 0.22, y - h * 1.1), (x - w * 0.08, y - h * 2.1)]
    top += [
        (x + w * 0.14, y - h * 1.8),
        (x + w * 0.26, y - h),
        (x + w * 0.43, y - h * 0.7),
        (x + w / 2, y),
    ]
    s.cut(
        [*smooth(top, closed=False), (x + w * 0.46, y + 4), (x - w * 0.46, y + 4)],
        colour,
        lift=lift,
        alpha=alpha,
    )


def gull(s: Sheet, x: float, y: float, size: float, colour: str, *, tilt: float = 0) -> None:
    """A gull on the wing, seen from a little below."""
    shape: list[Point] = [
        (-1, -0.28),
        (-0.5, -0.5),
        (0, -0.05),
        (0.5, -0.5),
        (1, -0.28),
        (0.5, -0.3),
        (0.07, 0.16),
        (-0.07, 0.16),
        (-0.5, -0.3),
    ]
    c, n = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    s.cut(
        smooth(
            [(x + size * (p * c - q * n), y + size * (p * n + q * c)) for p, q in shape], steps=6
        ),
        colour,
    )


def rain(s: Sheet, colour: str, count: int, *, lean: float = 60, alpha: float = 0.35) -> None:
    for _ in range(count):
        x, y, long = s.near(-50, s.width + 100), s.near(-60, s.height), s.near(0.5, 1.2)
        s.line([(x, y), (x - lean * long, y + 130 * long)], colour, 1.8, alpha)


def stars(s: Sheet, count: int, bottom: float, colour: str = "#f4e3c1") -> None:
    for _ in range(count):
        r = s.near(0.8, 2.4)
        s.oval(s.near(0, s.width), s.near(0, bottom), r, r, colour, alpha=s.near(0.4, 0.95))


def container_ship(
    s: Sheet, x: float, y: float, k: float, hull: str, belly: str, boxes: list[str], house: str
) -> None:
    """Bow to the right; x, y is the stern at the waterline, k its size (1 is 760 long)."""

    def at(px: float, py: float) -> Point:
        return x + px * k, y + py * k

    for column in range(13):
        for tier in range(s.random.choice([3, 4, 4, 5, 5]) - (column > 10)):
            colour = s.random.choice(boxes)
            p = at(142 + column * 42, -82 - tier * 21 - 20)
            s.box(p[0], p[1], 40 * k, 19.4 * k, colour)
            s.box(p[0], p[1] + 15 * k, 40 * k, 4.4 * k, mix(colour, "#0b1020", 0.3))
    s.cut(
        [at(38, -80), at(38, -232), at(48, -250), at(118, -250), at(118, -80)],
        house,
        shade=mix(house, hull, 0.55),
        toward="left",
    )
    s.cut([at(26, -228), at(26, -240), at(134, -240), at(134, -228)], mix(house, "#ffffff", 0.25))
    for row in range(5):
        s.box(*at(50, -220 + row * 26), 56 * k, 8 * k, mix(hull, "#0b1020", 0.4))
    s.cut([at(-4, -80), at(2, -180), at(30, -180), at(34, -80)], belly)
    s.line([at(86, -250), at(86, -300)], house, 5 * k)
    s.cut(
        [
            at(-16, -84),
            at(690, -84),
            at(716, -104),
            at(786, -108),
            at(742, 4),
            at(4, 4),
            at(-10, -30),
        ],
        hull,
        shade=mix(hull, "#05070c", 0.6),
    )
    s.cut([at(-5, -16), at(750, -16), at(742, 4), at(4, 4)], belly)


def pilot_boat(s: Sheet, x: float, y: float, k: float, hull: str, cabin: str, band: str) -> None:
    """Bow to the right; x, y is the middle at the waterline."""

    def at(px: float, py: float) -> Point:
        return x + px * k, y + py * k

    s.cut(
        [at(-60, -38), at(-44, -92), at(34, -92), at(58, -38)],
        cabin,
        shade=mix(cabin, hull, 0.4),
        toward="left",
    )
    s.cut([at(-38, -84), at(-10, -84), at(-10, -62), at(-46, -62)], hull)
    s.cut([at(-2, -84), at(30, -84), at(42, -62), at(-2, -62)], hull)
    s.line([at(-10, -92), at(-10, -150)], cabin, 4 * k)
    s.line([at(-28, -128), at(8, -128)], cabin, 3 * k)
    s.cut([at(-132, -36), at(96, -40), at(146, -50), at(112, 4), at(-120, 4)], hull)
    s.cut([at(-130, -26), at(136, -34), at(130, -22), at(-127, -14)], band)


def crane(
    s: Sheet,
    x: float,
    foot: float,
    high: float,
    colour: str,
    *,
    boom_up: bool = False,
    lift: float = 3,
) -> None:
    """A ship-to-shore crane; the water is to its right."""
    k = high / 400

    def at(px: float, py: float) -> Point:
        return x + px * k, foot + py * k

    bars: list[tuple[Point, Point, float]] = [
        ((0, 0), (22, -300), 13),
        ((128, 0), (106, -300), 13),
        ((8, -100), (120, -100), 10),
        ((14, -190), (112, -190), 8),
    ]
    bars += [
        ((22, -290), (64, -415), 9),
        ((106, -290), (64, -415), 9),
        ((-100, -292), (128, -292), 17),
    ]
    bars += [
        ((64, -412), (-90, -296), 4),
        ((8, -100), (112, -190), 4),
        ((-18, 0), (24, 0), 14),
        ((104, 0), (148, 0), 14),
    ]
    tip = (230, -520) if boom_up else (400, -292)
    bars += [((128, -292), tip, 14), ((64, -412), (tip[0] * 0.72 + 36, tip[1] * 0.72 - 82), 4)]
    for a, b, width in bars:
        s.line([at(*a), at(*b)], colour, width * k)
    s.cut([at(-90, -300), at(-90, -338), at(-28, -338), at(-28, -300)], colour, lift=lift)
    if not boom_up:
        s.cut([at(230, -284), at(262, -284), at(256, -258), at(236, -258)], colour)
        s.line([at(246, -258), at(246, -150)], colour, 2.5 * k)


def lighthouse(
    s: Sheet, x: float, foot: float, high: float, wall: str, band: str, lamp: str
) -> None:
    """A banded tower; x is its middle."""
    w = high * 0.11

    def edge(part: float) -> float:
        return w * (1 - 0.42 * part)

    for i in range(5):
        a, b = i / 5, (i + 1) / 5
        colour = band if i % 2 else wall
        shape = [
            (x - edge(a), foot - high * a),
            (x + edge(a), foot - high * a),
            (x + edge(b), foot - high * b),
            (x - edge(b), foot - high * b),
        ]
        s.cut(shape, colour, shade=mix(colour, "#141a2c", 0.55), toward="right", grain=0.85)
    top = foot - high
    s.box(x - w * 0.82, top - high * 0.02, w * 1.64, high * 0.03, band)
    s.box(x - w * 0.44, top - high * 0.13, w * 0.88, high * 0.11, lamp)
    s.box(x - 2, top - high * 0.13, 4, high * 0.11, band)
    s.cut(
        [
            (x - w * 0.6, top - high * 0.125),
            (x, top - high * 0.2),
            (x + w * 0.6, top - high * 0.125),
        ],
        band,
    )


def house(
    s: Sheet,
    x: float,
    foot: float,
    w: float,
    h: float,
    wall: str,
    roof: str,
    glass: str,
    *,
    lit: float = 0.5,
) -> None:
    """A narrow gabled house with windows, some of them lit."""
    peak = w * s.near(0.5, 0.75)
    s.cut(
        [(x, foot), (x, foot - h), (x + w / 2, foot - h - peak), (x + w, foot - h), (x + w, foot)],
        wall,
        lift=4,
        shade=mix(wall, "#1b2138", 0.28),
    )
    s.line(
        [(x - 6, foot - h + 5), (x + w / 2, foot - h - peak), (x + w + 6, foot - h + 5)], roof, 11
    )
    columns, rows = (2 if w < 120 else 3), max(int(h // 74), 1)
    pane = w / (columns * 2 + 1)
    for row in range(rows):
        for column in range(columns):
            colour = glass if s.random.random() < lit else mix(wall, "#141a2c", 0.62)
            s.box(x + pane * (1 + 2 * column), foot - h + 16 + row * 74, pane, pane * 1.45, colour)


def sailboat(
    s: Sheet, x: float, y: float, k: float, hull: str, main: str, jib: str, *, heel: float = 0
) -> None:
    """x, y is the middle of the hull at the water; heel in degrees to leeward."""
    c, n = math.cos(math.radians(heel)), math.sin(math.radians(heel))

    def turned(points: list[Point]) -> list[Point]:
        return [(x + k * (p * c - q * n), y + k * (p * n + q * c)) for p, q in points]

    s.line(turned([(0, -20), (0, -390)]), hull, 5 * k)
    leech = smooth([(-10, -385), (-70, -260), (-128, -120), (-150, -46)], closed=False)
    s.cut(
        turned([(-8, -388), *leech, (-8, -40)]),
        main,
        lift=4,
        shade=mix(main, hull, 0.3),
        toward="left",
    )
    curve = smooth([(8, -360), (50, -210), (128, -34)], closed=False)
    s.cut(turned([*curve, (16, -52)]), jib, lift=4, shade=mix(jib, hull, 0.25), toward="right")
    s.cut(turned([(-160, -32), (0, -26), (168, -38), (118, 14), (-118, 14)]), hull, lift=3)


def grass(
    s: Sheet, x: float, foot: float, high: float, colour: str, *, lean: float = 0, wide: float = 9
) -> None:
    """One blade."""
    tip = (x + lean, foot - high)
    mid = (x + lean * 0.3, foot - high * 0.55)
    s.cut(
        [
            *smooth([(x - wide / 2, foot), (mid[0] - wide * 0.4, mid[1]), tip], closed=False),
            *smooth([tip, (mid[0] + wide * 0.4, mid[1]), (x + wide / 2, foot)], closed=False),
        ],
        colour,
    )


def fish(
    s: Sheet, x: float, y: float, k: float, colour: str, *, turn: float = 0, lift: float = 3
) -> None:
    c, n = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    body: list[Point] = [(-46, 0), (-20, -20), (20, -20), (52, 0), (20, 18), (-20, 18)]
    tail: list[Point] = [(-38, 0), (-78, -26), (-66, 0), (-78, 26)]

    def turned(points: list[Point]) -> list[Point]:
        return [(x + k * (p * c - q * n), y + k * (p * n + q * c)) for p, q in points]

    s.cut(turned(tail), colour, lift=lift)
    s.cut(turned(smooth(body)), colour, lift=lift, shade=mix(colour, "#10192c", 0.4))
    eye = turned([(34, -5)])[0]
    s.oval(*eye, 3.4 * k, 3.4 * k, "#10192c")


def buoy(s: Sheet, x: float, y: float, k: float, colour: str, lamp: str) -> None:
    """A channel buoy with its cage and lamp; x, y at the water."""
    s.cut(
        [(x - 40 * k, y), (x - 34 * k, y - 34 * k), (x + 34 * k, y - 34 * k), (x + 40 * k, y)],
        colour,
        shade=mix(colour, "#0b1020", 0.6),
        toward="right",
    )
    for a, b in (
        ((-26, -34), (-9, -130)),
        ((26, -34), (9, -130)),
        ((-21, -64), (21, -64)),
        ((-15, -96), (15, -96)),
    ):
        s.line([(x + a[0] * k, y + a[1] * k), (x + b[0] * k, y + b[1] * k)], colour, 6 * k)
    s.box(x - 13 * k, y - 138 * k, 26 * k, 10 * k, colour)
    s.oval(x, y - 148 * k, 11 * k, 13 * k, lamp)


def person(
    s: Sheet, x: float, foot: float, high: float, coat: str, skin: str, *, stride: float = 0
) -> None:
    """A small standing or walking figure."""
    k = high / 100
    for side in (-1, 1):
        s.line(
            [(x + side * 4 * k, foot - 46 * k), (x + side * (6 + stride) * k, foot)],
            mix(coat, "#10141f", 0.6),
            9 * k,
        )
    s.cut(
        smooth(
            [
                (x - 14 * k, foot - 40 * k),
                (x - 15 * k, foot - 70 * k),
                (x, foot - 82 * k),
                (x + 15 * k, foot - 70 * k),
                (x + 14 * k, foot - 40 * k),
            ],
            steps=5,
        ),
        coat,
    )
    s.cut(ellipse(x, foot - 90 * k, 8.5 * k, 10 * k), skin)
