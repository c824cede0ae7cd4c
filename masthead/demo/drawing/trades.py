"""Things made, mended, caught and read."""

from __future__ import annotations

import math

from masthead.demo.drawing import elements as e
from masthead.demo.drawing.catalogue import scene
from masthead.demo.drawing.paper import Point, Sheet, ellipse, mix, smooth


@scene
def crab(s: Sheet) -> None:
    s.gradient([(0, "#e9d3a0"), (1, "#dcbf86")])
    for i in range(5):
        s.line(
            smooth(
                [
                    (-40, 120 + i * 210),
                    (400, 80 + i * 210),
                    (900, 150 + i * 205),
                    (1660, 90 + i * 210),
                ],
                closed=False,
            ),
            "#cfae74",
            7,
            0.6,
        )
    for x, y, turn in ((90, 60, 1), (1500, 40, -1), (60, 960, 1), (1540, 940, -1)):
        for k in range(6):
            tip = (x + turn * (60 + k * 46), y + (150 if y < 500 else -150) * (1 - k * 0.12))
            s.line(
                smooth([(x, y), ((x + tip[0]) / 2 + 20, (y + tip[1]) / 2 - 20), tip], closed=False),
                "#2f5d4c",
                26 - k * 2,
            )
    red, dark = "#c8432f", "#7d2326"
    for side in (-1, 1):
        for i in range(4):
            a = (800 + side * 215, 520 + i * 38)
            b = (800 + side * (400 + 26 * i), 430 + i * 90)
            c = (800 + side * (500 + 6 * i), 560 + i * 92)
            s.line(smooth([a, b], closed=False), dark, 42)
            s.line([b, c], dark, 26)
            s.line([a, b], red, 30)
        shoulder, elbow = (800 + side * 215, 440), (800 + side * 420, 330)
        s.line([shoulder, elbow], dark, 62)
        s.line([shoulder, elbow], red, 48)
        claw: list[Point] = [
            (370, 330),
            (350, 210),
            (400, 110),
            (500, 80),
            (470, 160),
            (440, 220),
            (520, 170),
            (560, 120),
            (560, 230),
            (490, 320),
            (420, 360),
        ]
        s.cut(
            smooth([(800 + side * x, y) for x, y in claw]),
            red,
            lift=12,
            shade=dark,
            toward="right" if side > 0 else "left",
        )
        s.cut(
            smooth(
                [
                    (800 + side * x, y)
                    for x, y in ((500, 80), (470, 160), (444, 214), (476, 150), (494, 110))
                ]
            ),
            "#2b1a1e",
        )
    s.cut(
        smooth(
            [
                (560, 420),
                (700, 350),
                (800, 340),
                (900, 350),
                (1040, 420),
                (1080, 530),
                (980, 660),
                (800, 710),
                (620, 660),
                (520, 530),
            ]
        ),
        red,
        lift=20,
        shade=dark,
        toward="bottom",
    )
    for px, py, r in (
        (660, 470, 20),
        (940, 470, 20),
        (800, 440, 26),
        (720, 560, 15),
        (880, 560, 15),
        (800, 610, 18),
        (620, 550, 10),
        (980, 550, 10),
    ):
        s.oval(px, py, r * 1.3, r, "#e8744a", alpha=0.75)
    for side in (-1, 1):
        s.line([(800 + side * 70, 356), (800 + side * 84, 310)], dark, 15)
        s.oval(800 + side * 86, 302, 19, 19, "#1f1418")
        s.oval(800 + side * 82, 296, 6, 6, "#f6efdc")


@scene
def crab_pots(s: Sheet) -> None:
    s.gradient([(0, "#a9cbd0"), (1, "#efe3c4")], bottom=560)
    e.cloud(s, 1150, 210, 480, "#fbf7ea")
    s.gradient([(0, "#5f9fa8"), (1, "#357786")], top=520, bottom=720)
    e.ripples(s, 525, 700, "#d9ebe4", 50, alpha=0.5)
    e.lighthouse(s, 1420, 524, 210, "#f6efdc", "#c8453a", "#ffe2a0")
    s.box(1320, 516, 300, 18, "#55666b")
    s.box(-10, 700, 1620, 310, "#9a8f7c", lift=10, shade="#6f6659")
    for i in range(9):
        s.line([(i * 210 - 60, 704), (i * 250 - 190, 1000)], "#857a69", 3, 0.7)
    ropes = ["#e2742f", "#2f7f9a", "#e0b030", "#3f8f6a"]
    for tier, (y, count, left) in enumerate(
        ((860, 6, 150), (742, 5, 245), (624, 4, 330), (506, 2, 520))
    ):
        for i in range(count):
            _pot(s, left + i * 186, y, 1.14, ropes[(i + tier) % 4], "#3a4a55")
    for x, y, c in (
        (1230, 880, "#c8453a"),
        (1320, 910, "#e0a234"),
        (1270, 950, "#f6efdc"),
        (1400, 870, "#2f7f9a"),
        (1380, 950, "#c8453a"),
    ):
        s.oval(x, y, 44, 52, c, lift=10, shade=mix(c, "#1a1a2a", 0.5), toward="right")
        s.box(x - 9, y - 66, 18, 18, mix(c, "#1a1a2a", 0.4))
    for k in range(4):
        s.line(ellipse(120, 930, 92 - k * 16, 34 - k * 6), "#e0b030" if k % 2 else "#c99a24", 11)
    e.gull(s, 300, 260, 46, "#ffffff", tilt=-12)
    e.gull(s, 410, 190, 30, "#ffffff", tilt=10)


def _pot(s: Sheet, x: float, foot: float, k: float, frame: str, net: str) -> None:
    """A D-shaped crab pot, end on."""
    arch: list[Point] = [
        (x - 70 * k, foot),
        (x - 70 * k, foot - 50 * k),
        (x - 40 * k, foot - 92 * k),
        (x, foot - 104 * k),
        (x + 40 * k, foot - 92 * k),
        (x + 70 * k, foot - 50 * k),
        (x + 70 * k, foot),
    ]
    rim = [arch[0], *smooth(arch[1:-1], closed=False), arch[-1]]
    s.cut(rim, net, lift=4, shade=mix(net, "#10141f", 0.45))
    for i in range(-5, 6):
        s.line(
            [
                (x + i * 13 * k, foot - 8 * k),
                (x + i * 13 * k + 20 * k, foot - (88 - 2.2 * i * i) * k),
            ],
            frame,
            1.6 * k,
            0.8,
        )
        s.line(
            [
                (x + i * 13 * k, foot - 8 * k),
                (x + i * 13 * k - 20 * k, foot - (88 - 2.2 * i * i) * k),
            ],
            frame,
            1.6 * k,
            0.8,
        )
    s.cut(ellipse(x, foot - 48 * k, 24 * k, 24 * k), mix(net, "#10141f", 0.7))
    s.line([*rim, rim[0]], frame, 8 * k)


@scene
def net_mender(s: Sheet) -> None:
    s.gradient([(0, "#23404a"), (1, "#16282f")])
    s.cut([(60, 90), (420, 90), (420, 560), (60, 560)], "#f4cf8c", lift=8, shade="#e89a5c")
    s.box(236, 90, 10, 470, "#16282f")
    s.box(60, 310, 360, 10, "#16282f")
    s.cut(
        [
            (60, 500),
            (130, 470),
            (200, 494),
            (280, 450),
            (350, 486),
            (420, 460),
            (420, 560),
            (60, 560),
        ],
        "#8d5a63",
    )
    s.cut([(60, 90), (420, 90), (1500, 1010), (560, 1010)], "#f4cf8c", alpha=0.1)
    s.box(-10, 900, 1620, 110, "#5b3a2b", shade="#38231c")
    s.box(-10, 30, 1620, 34, "#5b3a2b", lift=8)
    for i in range(25):
        for j in range(18):
            x, y = 640 + i * 40, 80 + j * 46
            if x > 1600 or (9 < i < 14 and 6 < j < 11):
                continue
            sag = 14 * math.sin(i / 3 + j / 5)
            s.line([(x, y + sag), (x + 20, y + 23 + sag)], "#d9b06a", 3)
            s.line([(x + 40, y + sag), (x + 20, y + 23 + sag)], "#d9b06a", 3)
            s.line([(x + 20, y + 23 + sag), (x, y + 46 + sag)], "#d9b06a", 3)
            s.line([(x + 20, y + 23 + sag), (x + 40, y + 46 + sag)], "#d9b06a", 3)
    for i in range(13):
        s.oval(
            640 + i * 80,
            84 + 12 * math.sin(i),
            34,
            22,
            ["#c8453a", "#e2742f", "#f6efdc"][i % 3],
            lift=6,
        )
    s.box(470, 760, 250, 26, "#8f5f3c", lift=5)
    s.line([(500, 786), (490, 910)], "#8f5f3c", 16)
    s.line([(690, 786), (700, 910)], "#8f5f3c", 16)
    s.cut(
        smooth([(470, 770), (480, 620), (540, 500), (640, 490), (700, 580), (730, 770)]),
        "#a5342f",
        lift=12,
        shade="#651e26",
        toward="left",
    )
    s.cut(
        smooth(
            [(500, 780), (640, 730), (800, 760), (830, 900), (770, 910), (720, 830), (560, 840)]
        ),
        "#2b4a5c",
        lift=8,
    )
    s.line(smooth([(660, 560), (760, 650), (850, 590), (960, 520)], closed=False), "#a5342f", 54)
    s.line(smooth([(940, 530), (1010, 486)], closed=False), "#d9a27c", 34)
    s.oval(610, 420, 72, 84, "#d9a27c", lift=6, shade="#a86f52", toward="left")
    s.cut(
        smooth(
            [
                (536, 440),
                (528, 370),
                (570, 318),
                (640, 318),
                (684, 360),
                (650, 372),
                (590, 376),
                (576, 440),
            ]
        ),
        "#efe9df",
        lift=4,
    )
    s.oval(540, 356, 40, 36, "#efe9df", lift=3)
    s.cut(
        smooth([(1000, 500), (1080, 440), (1110, 430), (1094, 462), (1020, 516)]), "#f0cf8e", lift=4
    )
    s.line([(1100, 436), (1046, 380), (1010, 402)], "#f6efdc", 4)


@scene
def quota_chart(s: Sheet) -> None:
    s.gradient([(0, "#efd2a0"), (0.6, "#eab27c"), (1, "#d98a64")], bottom=800)
    s.oval(1310, 600, 180, 180, "#f9e6ba")
    s.gradient([(0, "#b8705f"), (0.4, "#5f4a5f"), (1, "#262c4a")], top=790)
    e.light_path(s, 1310, 800, 985, "#f9e6ba", wide=130, count=14)
    for k in range(1, 5):
        s.line([(70, 800 - k * 150), (1530, 800 - k * 150)], "#fff4d8", 3, 0.5)
    s.box(40, 790, 1520, 22, "#33243a", lift=6)
    counts = (7, 7, 6, 7, 6, 6, 5, 5, 4, 3)
    for i, count in enumerate(counts):
        last = i == len(counts) - 1
        for tier in range(count):
            _pot(
                s,
                140 + i * 147,
                790 - tier * 82,
                0.82,
                "#f6efdc" if last else "#f0b765",
                "#c8432f" if last else "#3a3650",
            )
    e.gull(s, 1180, 250, 44, "#5b3450", tilt=-14)
    e.gull(s, 1290, 200, 28, "#5b3450", tilt=8)


@scene
def boatyard(s: Sheet) -> None:
    s.gradient([(0, "#e8c58a"), (1, "#c99460")])
    for i in range(17):
        s.line([(i * 100, 0), (i * 100, 760)], "#b98450", 4, 0.6)
    s.cut([(560, 60), (1040, 60), (1040, 520), (560, 520)], "#bfe0dc")
    s.cut([(560, 380), (1040, 380), (1040, 520), (560, 520)], "#4f98a3")
    e.sailboat(s, 860, 440, 0.36, "#7d2b2a", "#fbf5e6", "#f6efdc")
    s.box(792, 60, 14, 460, "#6b4028")
    s.box(-10, 770, 1620, 240, "#7d5238", shade="#4f3226")
    for x in (-20, 1560):
        s.box(x, -10, 60, 800, "#6b4028", lift=8)
    s.cut([(-10, -10), (1610, -10), (1610, 40), (-10, 40)], "#6b4028", lift=8)
    s.cut(
        [
            *smooth([(200, 560), (420, 800), (800, 850), (1180, 800), (1400, 470)], closed=False),
            *smooth([(1440, 450), (1210, 850), (800, 900), (390, 850), (160, 560)], closed=False),
        ],
        "#8f4f2e",
        lift=12,
    )
    for i in range(15):
        t = i / 14
        rib_x = 250 + 1080 * t
        base = 860 - 250 * abs(t - 0.45) ** 2.2 * 2.4
        top = 420 - 40 * math.sin(t * math.pi) + (40 if t > 0.9 else 0)
        for side, c in ((0, "#e9c98f"), (1, "#c99a5c")):
            w = 46 * math.sin(math.pi * min(max(t, 0.06), 0.94)) + 10
            rib = smooth(
                [
                    (rib_x, base),
                    (rib_x + (w if side else -w), base - 110),
                    (rib_x + (w * 1.35 if side else -w * 1.35), top + 90),
                    (rib_x + (w * 1.3 if side else -w * 1.3), top),
                ],
                closed=False,
            )
            s.line([(a + 3, b + 5) for a, b in rib], "#3a2018", 15, 0.3)
            s.line(rib, c, 15)
    s.line(
        smooth([(170, 430), (500, 395), (900, 385), (1200, 400), (1440, 440)], closed=False),
        "#a8613a",
        20,
    )
    for x in (420, 800, 1180):
        s.cut([(x - 70, 960), (x - 30, 880), (x + 30, 880), (x + 70, 960)], "#33243a", lift=6)
    e.person(s, 120, 940, 300, "#23506b", "#c98f6a")
    e.person(s, 1500, 950, 290, "#c8432f", "#5c3b2c", stride=4)
    s.line([(1470, 790), (1410, 730)], "#5c3b2c", 20)
    s.line([(1420, 770), (1396, 690)], "#6b4028", 12)
    s.box(1368, 672, 62, 28, "#2a2a35", lift=3)
    for _ in range(40):
        s.line(
            smooth(
                [
                    (px := s.near(60, 1540), py := s.near(930, 995)),
                    (px + 12, py - 10),
                    (px + 26, py + 2),
                ],
                closed=False,
                steps=4,
            ),
            "#f0d9a4",
            5,
        )
