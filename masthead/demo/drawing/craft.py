"""Small craft, a buoy, the mole and a table with books."""

from __future__ import annotations

import math

from masthead.demo.drawing import elements as e
from masthead.demo.drawing.catalogue import scene
from masthead.demo.drawing.paper import Point, Sheet, mix, smooth


@scene
def sailing_out(s: Sheet) -> None:
    s.gradient([(0, "#e6734f"), (0.6, "#f2a868"), (1, "#f8d79a")], bottom=620)
    for r, c in ((360, "#f0a05f"), (270, "#f4b774"), (180, "#f8d08f")):
        s.oval(560, 520, r, r, c)
    s.oval(560, 520, 110, 110, "#fdeecb")
    for i, (y, c) in enumerate(((600, "#c9604f"), (660, "#a04a52"), (740, "#743a55"))):
        e.swell(s, y, c, high=12 + i * 4, long=420 + i * 90, lift=7)
    e.light_path(s, 560, 615, 760, "#fdeecb", wide=80, count=9)
    e.sailboat(s, 1020, 790, 1.55, "#2b1f3f", "#fbf1dc", "#c8432f", heel=9)
    e.person(s, 900, 770, 96, "#e0a234", "#8a5a3f")
    e.swell(s, 836, "#4f2f55", high=22, long=560, lift=12, shade="#331f45")
    e.swell(s, 920, "#2b1f3f", high=24, long=640, lift=14)
    e.sailboat(s, 250, 630, 0.3, "#5b2f45", "#f8d79a", "#f8d79a", heel=6)
    e.gull(s, 330, 210, 40, "#7d2f3a", tilt=-10)
    e.gull(s, 430, 160, 26, "#7d2f3a", tilt=12)


@scene
def rowing_boat(s: Sheet) -> None:
    s.gradient([(0, "#3f9a8f"), (1, "#1d6a72")])
    for i in range(15):
        y = -20 + i * 76
        s.line(
            smooth(
                [
                    (-60, y),
                    (380, y + s.near(-30, 50)),
                    (820, y + s.near(-40, 40)),
                    (1240, y + s.near(-40, 50)),
                    (1670, y),
                ],
                closed=False,
            ),
            "#7fc9b4",
            5,
            0.35,
        )
    c, n = math.cos(math.radians(-22)), math.sin(math.radians(-22))

    def at(px: float, py: float) -> Point:
        return 800 + px * c - py * n, 500 + px * n + py * c

    outline: list[Point] = [
        (470, 0),
        (300, 96),
        (60, 132),
        (-240, 120),
        (-430, 84),
        (-430, -84),
        (-240, -120),
        (60, -132),
        (300, -96),
    ]
    hull = [at(x, y) for x, y in outline]
    s.cut(smooth([(x - 70, y + 110) for x, y in hull]), "#0c3f4a", alpha=0.45)
    for side in (-1, 1):
        s.line([at(30, side * 110), at(-110, side * 370)], "#f0cf8e", 14)
        s.cut(
            smooth(
                [
                    at(-100, side * 350),
                    at(-130, side * 360),
                    at(-190, side * 480),
                    at(-160, side * 494),
                    at(-112, side * 380),
                ]
            ),
            "#f0cf8e",
            lift=6,
        )
        for k in range(3):
            s.line(
                [
                    at(-170 + 50 * math.cos(a) * (k + 1), side * 470 + 26 * math.sin(a) * (k + 1))
                    for a in (j / 8 for j in range(51))
                ],
                "#d9f0e4",
                4,
                0.5,
            )
    s.cut(smooth(hull), "#f6efdc", lift=14)
    s.cut(smooth([at(x * 0.95, y * 0.88) for x, y in outline]), "#a8613a", shade="#6b3626")
    for part in (-0.6, -0.3, 0, 0.3, 0.6):
        s.line(
            smooth([at(-400, 84 * part), at(0, 120 * part), at(430, 10 * part)], closed=False),
            "#7d4630",
            4,
        )
    for x in (-300, -60, 190):
        half = 118 - abs(x) * 0.12
        s.cut(
            [at(x - 34, -half), at(x + 34, -half), at(x + 34, half), at(x - 34, half)],
            "#e3b26a",
            lift=6,
        )
    s.oval(*at(-60, 0), 62, 48, "#c8432f", turn=-22 + 90, lift=8)
    for side in (-1, 1):
        s.line([at(-50, side * 40), at(20, side * 100)], "#c8432f", 27)
        s.oval(*at(28, side * 106), 14, 14, "#8a5a3f")
    s.oval(*at(-58, 0), 34, 34, "#e0c074", lift=6)
    s.oval(*at(-58, 0), 22, 22, "#cfa855", lift=2)
    s.oval(*at(-300, 10), 40, 30, "#2b4a5c", lift=5)
    for k in range(5):
        s.line(
            [at(-470 - k * 60, -50 - k * 26), at(-520 - k * 60, 0), at(-470 - k * 60, 50 + k * 26)],
            "#d9f0e4",
            6,
            0.5 - k * 0.08,
        )


@scene
def data_buoy(s: Sheet) -> None:
    s.gradient([(0, "#dce6df"), (1, "#f3e6c6")], bottom=640)
    for k in range(6):
        s.line(
            smooth(
                [(-40, 120 + k * 66), (420, 90 + k * 70), (900, 140 + k * 66), (1660, 80 + k * 74)],
                closed=False,
            ),
            "#bfd2cd",
            4,
            0.7,
        )
    for y, c, h in ((560, "#7fb8b8", 26), (640, "#4f99a3", 34)):
        e.swell(s, y, c, high=h, long=560, lift=9)
    x, y = 760, 660
    for a, b in (
        ((-70, -60), (-26, -330)),
        ((70, -60), (26, -330)),
        ((-58, -130), (58, -130)),
        ((-42, -230), (42, -230)),
        ((-58, -130), (42, -230)),
    ):
        s.line([(x + a[0], y + a[1]), (x + b[0], y + b[1])], "#23404c", 12)
    for side in (-1, 1):
        s.cut(
            [
                (x + side * 30, y - 210),
                (x + side * 140, y - 190),
                (x + side * 150, y - 90),
                (x + side * 50, y - 104),
            ],
            "#23506b",
            lift=7,
        )
        for k in range(1, 4):
            s.line(
                [
                    (x + side * (30 + k * 28), y - 210 + k * 5),
                    (x + side * (50 + k * 25), y - 104 + k * 4),
                ],
                "#8fc0c4",
                2,
            )
    s.box(x - 40, y - 350, 80, 26, "#23404c", lift=4)
    s.line([(x, y - 350), (x, y - 440)], "#23404c", 8)
    for k in range(3):
        turn = math.tau * k / 3 + 0.4
        s.oval(x + 44 * math.cos(turn), y - 440 + 12 * math.sin(turn), 17, 15, "#c8432f", lift=3)
    s.oval(x - 30, y - 372, 14, 18, "#ffd98a")
    s.cut(
        smooth(
            [
                (x - 190, y - 50),
                (x, y - 84),
                (x + 190, y - 50),
                (x + 168, y + 60),
                (x, y + 90),
                (x - 168, y + 60),
            ]
        ),
        "#f0b541",
        lift=14,
        shade="#c97a24",
        toward="right",
    )
    s.cut(
        smooth(
            [
                (x - 188, y - 20),
                (x, y - 6),
                (x + 188, y - 20),
                (x + 182, y + 16),
                (x, y + 34),
                (x - 182, y + 16),
            ]
        ),
        "#23404c",
    )
    e.gull(s, 1120, 240, 54, "#4f6a70", tilt=-14)
    e.gull(s, 1250, 180, 34, "#4f6a70", tilt=10)
    for y2, c, h in ((720, "#2f7d8f", 40), (830, "#1d5f76", 36), (920, "#12455f", 26)):
        e.swell(s, y2, c, high=h, long=640, lift=13)


@scene
def sea_temperature(s: Sheet) -> None:
    blues, reds = (
        ["#163f6b", "#2f6f9a", "#6fa8bf", "#b9d3cf"],
        ["#ecdcae", "#f0b56a", "#e2744a", "#b8342f"],
    )
    stops = [*blues, *reds]
    for i in range(40):
        t = min(max(i / 39 + s.near(-0.13, 0.13), 0), 0.999) * (len(stops) - 1)
        c = mix(stops[int(t)], stops[int(t) + 1], t % 1)
        s.cut(
            [(i * 40 - 2, -10), (i * 40 + 44, -10), (i * 40 + 44, 1010), (i * 40 - 2, 1010)],
            c,
            lift=5,
        )
    e.swell(s, 760, "#1d3f5c", high=16, long=620, lift=14, shade="#122b45")
    s.cut(
        [(980, 775), (1000, 730), (1610, 718), (1610, 830), (960, 830)],
        "#2a2a35",
        lift=9,
        shade="#16161f",
    )
    e.lighthouse(s, 1060, 732, 250, "#f8f1de", "#a5342f", "#ffe9a8")
    e.person(s, 1240, 728, 96, "#e0a234", "#e3b48f", stride=3)
    s.line([(1256, 690), (1290, 690), (1290, 812)], "#f6efdc", 2.5)
    e.swell(s, 850, "#142f4c", high=18, long=560, lift=12)
    e.swell(s, 930, "#0c2038", high=16, long=500, lift=10)


@scene
def books_and_shell(s: Sheet) -> None:
    s.gradient([(0, "#2f6f78"), (1, "#23565f")], bottom=690)
    s.oval(1130, 330, 250, 250, "#f0b765")
    s.box(-10, 680, 1620, 330, "#e6cfa0", shade="#c9a472")
    y = 830
    for w, h, c, d in (
        (760, 92, "#a5342f", 240),
        (690, 74, "#efe3c4", 290),
        (720, 84, "#23404c", 250),
        (600, 66, "#d98b3a", 320),
    ):
        y -= h
        s.box(d, y, w, h, c, lift=12, shade=mix(c, "#1a1420", 0.4), toward="right")
        s.box(d + w - 26, y + 7, 26, h - 14, "#fbf5e4")
        s.box(d + 60, y, 14, h, mix(c, "#f6efdc", 0.5))
        s.box(d + 110, y + h * 0.42, w * 0.34, 9, mix(c, "#f6efdc", 0.7))
    s.cut(
        smooth(
            [(400, 514), (420, 440), (500, 380), (610, 370), (700, 420), (740, 500), (700, 514)]
        ),
        "#f3d9bd",
        lift=12,
        shade="#d9967a",
        toward="right",
    )
    for k in range(5):
        s.line(
            smooth(
                [
                    (430 + k * 54, 512),
                    (450 + k * 48, 440 - 8 * (2 - abs(k - 2))),
                    (530 + k * 24, 384),
                ],
                closed=False,
            ),
            "#c9785f",
            6,
        )
    s.cut(smooth([(690, 420), (760, 400), (800, 440), (770, 500), (720, 510)]), "#e8a58a", lift=5)
    s.cut(
        smooth(
            [(1080, 640), (1084, 810), (1120, 850), (1290, 850), (1326, 810), (1330, 640)],
            closed=False,
        ),
        "#f8f1de",
        lift=12,
        shade="#cdbd98",
        toward="right",
    )
    s.oval(1205, 640, 125, 32, "#e9dcb9")
    s.oval(1205, 642, 106, 24, "#6b3a26")
    s.line(
        list(smooth([(1322, 680), (1400, 690), (1396, 780), (1316, 800)], closed=False)),
        "#f8f1de",
        22,
    )
    s.box(1082, 730, 246, 20, "#2f6f78")
    for k in range(3):
        s.line(
            smooth(
                [
                    (1150 + k * 54, 600),
                    (1130 + k * 54, 550),
                    (1170 + k * 54, 500),
                    (1150 + k * 54, 450),
                ],
                closed=False,
            ),
            "#f6efdc",
            7,
            0.55,
        )
    s.cut([(120, 900), (560, 868), (566, 896), (126, 930)], "#f0b541", lift=6)
    s.cut([(560, 868), (620, 878), (566, 896)], "#efe3c4")
