"""Work and weather on the harbour's water."""

from __future__ import annotations

import math

from masthead.demo.drawing import elements as e
from masthead.demo.drawing.catalogue import scene
from masthead.demo.drawing.paper import Point, Sheet, arc, ellipse, mix, smooth


@scene
def storm_wave(s: Sheet) -> None:
    s.gradient([(0, "#232f3d"), (0.5, "#44576a"), (1, "#8a98a0")], bottom=800)
    for x, y, w, c in (
        (300, 200, 900, "#2b3848"),
        (1150, 150, 1100, "#313f50"),
        (760, 300, 1000, "#3a4a5c"),
    ):
        e.cloud(s, x, y, w, c, lift=14)
    s.cut([(1205, 330), (-20, 120), (-20, 380), (1205, 350)], "#f3e2b0", alpha=0.22)
    e.hill(
        s,
        [(1000, 830), (1080, 700), (1170, 640), (1300, 640), (1420, 690), (1640, 660)],
        1000,
        "#18212d",
        shade="#2c3a4a",
    )
    e.lighthouse(s, 1225, 650, 320, "#e9e2d0", "#a5342f", "#ffe2a0")
    s.glow(1225, 305, 190, "#ffe2a0", 0.9)
    e.swell(s, 690, "#5f7683", high=34, long=620, lift=10, shade="#4a6070")
    e.swell(s, 760, "#456070", high=46, long=760, lift=12, shade="#31485a")
    crest: list[Point] = [
        (-40, 700),
        (150, 560),
        (330, 380),
        (560, 270),
        (760, 300),
        (850, 400),
        (800, 470),
        (730, 430),
        (660, 450),
        (640, 560),
        (720, 690),
        (900, 770),
        (1640, 850),
    ]
    s.cut(
        [*smooth(crest, closed=False), (1640, 1010), (-40, 1010)],
        "#274759",
        lift=22,
        shade="#16303f",
    )
    foam: list[Point] = [
        (330, 380),
        (560, 262),
        (768, 290),
        (866, 400),
        (806, 486),
        (736, 440),
        (668, 462),
        (700, 392),
        (600, 350),
        (470, 380),
        (380, 420),
    ]
    s.cut(smooth(foam), "#eee8d8", lift=9, shade="#b9c6c6")
    for i in range(7):
        y = 470 + i * 62
        s.line(
            smooth(
                [
                    (40 + i * 34, y + 130),
                    (260 + i * 16, y),
                    (520 + i * 22, y - 30 + i * 16),
                    (640 + i * 40, y + 60 + i * 12),
                ],
                closed=False,
            ),
            "#7fa3a8",
            5 - i * 0.4,
            0.6,
        )
    for _ in range(70):
        a, far = s.near(-2.7, -0.1), s.near(40, 260)
        r = s.near(2, 8)
        s.oval(790 + far * math.cos(a), 360 + far * math.sin(a) * 0.8, r, r, "#f3eddd")
    e.swell(s, 910, "#14293a", high=30, long=540, lift=16)
    e.rain(s, "#d5dcdc", 150, lean=80, alpha=0.28)


@scene
def channel_map(s: Sheet) -> None:
    s.gradient([(0, "#9cc5c3"), (1, "#7db0b4")])
    deep: list[Point] = [
        (-60, 690),
        (260, 640),
        (520, 560),
        (760, 560),
        (980, 470),
        (1250, 330),
        (1680, 250),
    ]
    for wide, c in ((250, "#86b9bb"), (180, "#6aa5ac"), (112, "#4a8a97"), (54, "#2f6b7d")):
        up = smooth([(x, y - wide + 20 * math.sin(x / 130)) for x, y in deep], closed=False)
        down = smooth(
            [(x, y + wide + 26 * math.sin(x / 170 + 1)) for x, y in reversed(deep)], closed=False
        )
        s.cut([*up, *down], c, lift=2)
    north: list[Point] = [
        (-40, -40),
        (-40, 330),
        (120, 370),
        (300, 300),
        (430, 330),
        (560, 250),
        (640, 300),
        (760, 270),
        (860, 170),
        (1010, 160),
        (1120, 60),
        (1300, 40),
        (1340, -40),
    ]
    south: list[Point] = [
        (-40, 1040),
        (-40, 930),
        (160, 900),
        (330, 930),
        (520, 820),
        (700, 850),
        (840, 760),
        (960, 790),
        (1100, 680),
        (1290, 640),
        (1400, 540),
        (1640, 500),
        (1660, 1040),
    ]
    for land in (north, south):
        s.cut(smooth(land), "#efe3c4", lift=12)
        middle = (sum(x for x, _ in land) / len(land), -60 if land is north else 1060)
        s.cut(
            smooth(
                [
                    (middle[0] + (x - middle[0]) * 0.86, middle[1] + (y - middle[1]) * 0.74)
                    for x, y in land
                ]
            ),
            "#d9cf9f",
            lift=3,
        )
        s.cut(
            smooth(
                [
                    (middle[0] + (x - middle[0]) * 0.66, middle[1] + (y - middle[1]) * 0.46)
                    for x, y in land
                ]
            ),
            "#a9b07c",
            lift=3,
        )
    for x, y, r in ((960, 640, 34), (1060, 590, 22), (420, 470, 26)):
        s.oval(x, y, r * 1.4, r, "#efe3c4", lift=6, turn=-20)
        s.oval(x, y, r * 0.8, r * 0.5, "#a9b07c", turn=-20)
    for i, (px, py) in enumerate(smooth(deep, closed=False, steps=5)):
        if i % 2:
            s.oval(px, py, 9, 4.5, "#f6efdc", turn=-18)
    for x, y in ((300, 585), (520, 500), (760, 500), (985, 410), (1230, 270)):
        s.oval(x, y, 13, 13, "#c8383a", lift=4)
        s.oval(x + 24, y + 122, 13, 13, "#1f7a5f", lift=4)
    for x, y, w, h in (
        (520, 268, 26, 40),
        (552, 258, 40, 26),
        (596, 286, 30, 30),
        (470, 292, 36, 24),
        (690, 262, 44, 22),
    ):
        s.box(x, y - 40, w, h, "#b8452f", lift=3)
    s.oval(1400, 800, 92, 92, "#f6efdc", lift=8)
    for turn in range(4):
        a = turn * math.pi / 2
        tip = (1400 + 84 * math.cos(a), 800 + 84 * math.sin(a))
        for side, c in ((1, "#23405a"), (-1, "#7d97a3")):
            elbow = (
                1400 + 22 * math.cos(a + side * math.pi / 4),
                800 + 22 * math.sin(a + side * math.pi / 4),
            )
            s.cut([(1400, 800), tip, elbow], c)


@scene
def fishing_fleet(s: Sheet) -> None:
    s.gradient([(0, "#d7e4dc"), (0.7, "#f0e7cf"), (1, "#f6dfb8")], bottom=560)
    e.cloud(s, 1180, 210, 520, "#f8f4e6")
    e.cloud(s, 330, 290, 380, "#f8f4e6")
    e.hill(
        s,
        [(-20, 520), (220, 440), (480, 490), (780, 420), (1040, 500), (1320, 450), (1640, 510)],
        570,
        "#8fb0a2",
        shade="#a9c2ac",
    )
    s.gradient([(0, "#7fb2b2"), (0.5, "#3f8390"), (1, "#1c5468")], top=555)
    e.ripples(s, 560, 990, "#e8efdf", 110, alpha=0.4)
    for x, y, k, hull, house in (
        (1330, 640, 0.7, "#e8b23f", "#f5efe0"),
        (420, 690, 0.95, "#2f7f6c", "#f5efe0"),
        (930, 840, 1.45, "#c8453a", "#f8f2e2"),
    ):
        _trawler(s, x, y, k, hull, house)
    for x, y, z in (
        (800, 250, 44),
        (900, 330, 30),
        (700, 360, 26),
        (1080, 380, 38),
        (980, 200, 24),
    ):
        e.gull(s, x, y, z, "#fdfaf0" if y > 300 else "#48606a", tilt=s.near(-20, 20))


def _trawler(s: Sheet, x: float, y: float, k: float, hull: str, house: str) -> None:
    def at(px: float, py: float) -> Point:
        return x + px * k, y + py * k

    s.line([at(-120, -60), at(-150, -230)], "#2a3440", 7 * k)
    s.line([at(40, -60), at(40, -290)], "#2a3440", 7 * k)
    s.line([at(40, -270), at(-110, -180)], "#2a3440", 4 * k)
    s.line([at(40, -286), at(196, -84)], "#2a3440", 2.5 * k)
    s.cut(
        [at(20, -70), at(26, -190), at(120, -190), at(136, -70)],
        house,
        lift=4,
        shade=mix(house, "#33475a", 0.35),
        toward="left",
    )
    s.cut([at(14, -186), at(18, -204), at(132, -204), at(130, -186)], hull)
    for i in range(3):
        s.box(*at(38 + i * 30, -172), 22 * k, 30 * k, "#27404f")
    s.cut(
        smooth(
            [at(-140, -70), at(-120, -128), at(-70, -140), at(-40, -110), at(-30, -66)],
            closed=False,
        ),
        "#d98b3a",
        lift=3,
    )
    s.cut(
        [
            *smooth([at(-215, -82), at(-60, -54), at(120, -60), at(232, -118)], closed=False),
            *smooth([at(196, -20), at(170, 6)], closed=False),
            at(-176, 6),
            at(-208, -40),
        ],
        hull,
        lift=7,
        shade=mix(hull, "#1b2138", 0.5),
    )
    s.line(
        smooth([at(-208, -62), at(-60, -34), at(120, -40), at(216, -92)], closed=False),
        "#f8f2e2",
        6 * k,
    )
    for i in range(3):
        s.oval(*at(-130 + i * 90, -10), 15 * k, 17 * k, "#1f2a33")
    for i in range(6):
        s.oval(
            x + s.near(-160, 160) * k,
            y + (16 + i * 11) * k,
            s.near(30, 80) * k,
            3.5 * k,
            mix(hull, "#2b6b7a", 0.45),
        )


@scene
def foghorn(s: Sheet) -> None:
    s.gradient([(0, "#e6d9bd"), (1, "#d9c8a4")])
    for i in range(9, 0, -1):
        c = mix("#2c5a63", "#e9dcc0", i / 9.5)
        s.cut([(430, 520), *arc(430, 520, 130 + i * 130, -34, 30)], c, lift=5)
    s.cut(
        [
            (-10, 1010),
            *smooth([(-10, 760), (200, 710), (520, 730), (760, 820), (900, 1010)], closed=False),
        ],
        "#33322f",
        lift=14,
        shade="#1b1d20",
    )
    s.box(60, 470, 190, 260, "#f2ead6", lift=8, shade="#cfc3a6", toward="left")
    s.cut([(40, 480), (155, 370), (270, 480)], "#a5342f", lift=7)
    s.box(130, 600, 56, 130, "#23405a")
    s.cut(
        [(220, 500), (330, 486), (470, 400), (470, 640), (330, 556), (220, 542)],
        "#a5342f",
        lift=12,
        shade="#6b1f26",
    )
    s.oval(470, 520, 46, 122, "#6b1f26")
    s.oval(476, 520, 34, 96, "#33161f")
    s.box(300, 552, 20, 170, "#1f2226")
    for x, y, z in ((1130, 200, 46), (1230, 270, 34), (1340, 180, 28), (1420, 300, 40)):
        e.gull(s, x, y, z, "#fbf6e6", tilt=s.near(-25, 25))


@scene
def fog_and_tug(s: Sheet) -> None:
    s.gradient([(0, "#c3cdca"), (0.6, "#d6d8cd"), (1, "#b4c0bd")])
    e.crane(s, 1000, 560, 400, "#b6c1be", lift=0)
    e.crane(s, 520, 580, 480, "#aab7b5", boom_up=True, lift=0)
    s.box(-10, 566, 1620, 24, "#a3b0ae")
    s.cut(ellipse(800, 580, 1200, 70), "#cfd4ca", alpha=0.75)
    for y, c in ((640, "#a3b3b1"), (730, "#8ba09f"), (840, "#6f898a")):
        e.swell(s, y, c, high=9, long=700, lift=4)
        if y == 730:
            _tug(s, 720, 770)
    e.ripples(s, 850, 990, "#c9d0c8", 30, alpha=0.5)
    e.gull(s, 330, 300, 50, "#66797a", tilt=-12)
    e.gull(s, 440, 240, 30, "#7d8e8e", tilt=10)


def _tug(s: Sheet, x: float, y: float) -> None:
    s.cut(
        [(x - 70, y - 120), (x - 62, y - 300), (x + 10, y - 300), (x + 2, y - 120)],
        "#d98b3a",
        lift=6,
        shade="#a55c2c",
        toward="left",
    )
    s.box(x - 66, y - 312, 80, 34, "#22303a")
    s.cut(
        [(x + 20, y - 110), (x + 20, y - 270), (x + 170, y - 270), (x + 200, y - 110)],
        "#f3ecd9",
        lift=6,
        shade="#c9c2ae",
        toward="left",
    )
    s.box(x + 8, y - 286, 184, 18, "#a5342f")
    for i in range(3):
        s.box(x + 38 + i * 46, y - 250, 34, 46, "#27404f")
    s.line([(x + 95, y - 286), (x + 95, y - 400)], "#22303a", 7)
    s.line([(x + 60, y - 370), (x + 130, y - 370)], "#22303a", 5)
    s.cut(
        [
            *smooth(
                [(x - 330, y - 96), (x - 100, y - 84), (x + 180, y - 100), (x + 330, y - 170)],
                closed=False,
            ),
            (x + 300, y - 20),
            (x + 270, y + 20),
            (x - 300, y + 20),
            (x - 328, y - 20),
        ],
        "#1d2f3d",
        lift=9,
        shade="#0e1a25",
    )
    for i in range(6):
        s.oval(x - 270 + i * 94, y - 56 - (i > 4) * 26, 27, 27, "#3a4a55")
        s.oval(x - 270 + i * 94, y - 56 - (i > 4) * 26, 13, 13, "#1d2f3d")
    for i in range(4):
        s.oval(
            x - 40 - i * 62,
            y - 345 - i * 40,
            42 + i * 16,
            24 + i * 9,
            "#e9e7dc",
            alpha=0.85 - i * 0.16,
        )
