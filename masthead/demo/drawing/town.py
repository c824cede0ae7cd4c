"""Streets and roofs."""

from __future__ import annotations

import math

from masthead.demo.drawing import elements as e
from masthead.demo.drawing.catalogue import scene
from masthead.demo.drawing.paper import Point, Sheet, arc, mix, smooth


@scene
def city_hall(s: Sheet) -> None:
    s.gradient([(0, "#3f7d92"), (0.7, "#a9cdc7"), (1, "#f1e3c3")], bottom=880)
    e.cloud(s, 300, 260, 420, "#f7f1e1")
    e.cloud(s, 1390, 180, 500, "#f7f1e1")
    for i in range(13):
        s.box(
            -30 + i * 130,
            640 - s.near(0, 110),
            126,
            300,
            mix("#c8836a", "#8d5a63", s.random.random()),
        )
    wall, trim, roof = "#f2e4c6", "#d8c295", "#2f6b5e"
    s.box(240, 470, 1120, 410, wall, lift=12, shade="#d9c49b", toward="right", grain=0.5)
    s.cut([(220, 474), (300, 390), (1300, 390), (1380, 474)], roof, lift=8, shade="#1d4a43")
    for i in range(10):
        x = 286 + i * 110
        if 4 <= i <= 5:
            continue
        for y in (520, 680):
            s.cut(
                [(x, y + 118), (x, y + 28), *arc(x + 29, y + 29, 29, 180, 360), (x + 58, y + 118)],
                "#274653",
            )
            s.box(x - 5, y + 118, 68, 9, trim)
    s.box(690, 250, 220, 630, wall, lift=12, shade="#d9c49b", toward="right", grain=0.5)
    s.cut([(674, 256), (800, 40), (926, 256)], roof, lift=8, shade="#1d4a43", toward="right")
    s.line([(800, 50), (800, -10)], "#d9a441", 6)
    s.oval(800, 358, 74, 74, "#23404c", lift=5)
    s.oval(800, 358, 62, 62, "#f8f1de")
    s.line([(800, 358), (800, 312)], "#23404c", 7)
    s.line([(800, 358), (836, 376)], "#23404c", 7)
    s.cut([(742, 880), (742, 660), *arc(800, 660, 58, 180, 360), (858, 880)], "#8f3a33")
    for i in range(4):
        s.box(
            620 - i * 26, 866 + i * 18, 360 + i * 52, 20, mix("#efe1c2", "#b9a57c", i / 5), lift=3
        )
    s.box(-10, 936, 1620, 80, "#b7a581")
    for i, (x, c) in enumerate(
        ((380, "#a5342f"), (450, "#23404c"), (1120, "#d98b3a"), (1240, "#2f6b5e"))
    ):
        e.person(s, x, 960, 92, c, ["#8a5a3f", "#e3b48f", "#c98f6a", "#5c3b2c"][i], stride=6)
    for i, x in enumerate((980, 1010, 1058)):
        s.oval(x, 970 + i * 4, 12, 7, "#59666b")


@scene
def fish_market_tower(s: Sheet) -> None:
    s.gradient([(0, "#7fb3bd"), (0.75, "#e9dfc0"), (1, "#f5e3bb")], bottom=850)
    e.cloud(s, 420, 220, 480, "#faf5e6")
    x, y, w = 1050, 70, 260
    s.box(x, y, w, 800, "#f8f1de", alpha=0.35)
    for row in range(19):
        s.line([(x, y + row * 42), (x + w, y + row * 42)], "#c8453a", 3, 0.55)
    for column in range(5):
        s.line([(x + column * 65, y), (x + column * 65, y + 800)], "#c8453a", 3, 0.55)
    for a, b in (((x, y), (x + w, y)), ((x, y), (x, y + 800)), ((x + w, y), (x + w, y + 800))):
        for j in range(0, 20, 2):
            p = [
                (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in (j / 20, (j + 1) / 20)
            ]
            s.line(p, "#a5342f", 7)
    for left in (110, 420, 730):
        hall: list[Point] = [
            (left, 850),
            (left, 620),
            *arc(left + 150, 620, 150, 180, 360),
            (left + 300, 850),
        ]
        s.cut(hall, "#2f6b6a", lift=10)
        inner: list[Point] = [
            (left + 20, 850),
            (left + 20, 624),
            *arc(left + 150, 620, 130, 180, 360),
            (left + 280, 850),
        ]
        s.cut(inner, "#cfe6dc", shade="#f2d79a", toward="bottom", grain=0.6)
        for degrees in range(200, 360, 20):
            s.line(
                [
                    (left + 150, 620),
                    (
                        left + 150 + 130 * math.cos(math.radians(degrees)),
                        620 + 130 * math.sin(math.radians(degrees)),
                    ),
                ],
                "#2f6b6a",
                4,
            )
        s.cut(arc(left + 150, 620, 44, 180, 360), "#2f6b6a")
        s.box(left + 20, 614, 260, 12, "#2f6b6a")
        for bar in range(1, 6):
            s.box(left + 20 + bar * 43, 620, 5, 110, "#2f6b6a")
        s.cut(
            [(left + 6, 740), (left + 294, 740), (left + 318, 790), (left - 18, 790)],
            "#c8453a",
            lift=6,
        )
        for j in range(0, 6, 2):
            s.cut(
                [
                    (left + 6 + j * 48, 740),
                    (left + 54 + j * 48, 740),
                    (left + 38 + j * 56, 790),
                    (left - 18 + j * 56, 790),
                ],
                "#f6efdc",
            )
    s.cut([(1050, 850), (1050, 760), (110, 600), (110, 850)], "#17344a", alpha=0.16)
    s.box(-10, 846, 1620, 170, "#b9a782", shade="#8f7f62")
    for i, (px, c) in enumerate(
        ((180, "#23404c"), (520, "#d98b3a"), (575, "#7a3f5c"), (980, "#2f6b5e"), (1440, "#a5342f"))
    ):
        e.person(
            s, px, 920 + (i % 2) * 26, 130, c, ["#8a5a3f", "#e3b48f", "#c98f6a"][i % 3], stride=5
        )
    for px, py in ((290, 930), (820, 950)):
        s.box(px, py - 40, 120, 44, "#8f6a42", lift=5)
        for j in range(4):
            e.fish(s, px + 22 + j * 26, py - 46, 0.42, "#b9cdd2", turn=-70 + j * 12, lift=1)


@scene
def street_plan(s: Sheet) -> None:
    s.gradient([(0, "#ddd0ae"), (1, "#d2c29b")])
    roofs = ["#b8573f", "#c9795a", "#a5483c", "#d39a70", "#8f4a45", "#7d6a5f"]
    c, n = math.cos(math.radians(-14)), math.sin(math.radians(-14))

    def at(px: float, py: float) -> Point:
        return 800 + px * c - py * n, 500 + px * n + py * c

    for gx in range(-6, 7):
        for gy in range(-6, 7):
            if (gx * 7 + gy * 3) % 11 == 0:
                s.cut(
                    smooth(
                        [
                            at(gx * 190 + 12, gy * 150 + 12),
                            at(gx * 190 + 152, gy * 150 + 12),
                            at(gx * 190 + 152, gy * 150 + 112),
                            at(gx * 190 + 12, gy * 150 + 112),
                        ],
                        steps=6,
                    ),
                    "#86a86b",
                    lift=2,
                )
                for _ in range(6):
                    s.oval(
                        *at(gx * 190 + s.near(30, 135), gy * 150 + s.near(25, 100)),
                        17,
                        17,
                        "#3f7a55",
                        lift=5,
                    )
                continue
            for i in range(3):
                for j in range(2):
                    px, py = gx * 190 + i * 52, gy * 150 + j * 58
                    w, h = s.near(44, 49), s.near(44, 54)
                    roof = s.random.choice(roofs)
                    s.cut(
                        [at(px, py), at(px + w, py), at(px + w, py + h), at(px, py + h)],
                        roof,
                        lift=6,
                    )
                    s.cut(
                        [
                            at(px, py + h / 2),
                            at(px + w, py + h / 2),
                            at(px + w, py + h),
                            at(px, py + h),
                        ],
                        mix(roof, "#2b1a24", 0.22),
                    )
    for gy in (-2, 0, 1):
        for gx in range(-34, 35):
            if gx % 3 == 0:
                s.oval(
                    *at(gx * 36, gy * 150 - 18), 15, 15, "#3f7a55" if gx % 2 else "#5d9465", lift=5
                )
    for fx, fy in ((-3.3, -2), (1.4, 0), (-1.2, 1)):
        x, y = fx * 190, fy * 150 - 18
        for k in range(4):
            s.oval(*at(x + k * 17, y + (k % 2) * 7), 6, 6, "#f0b541", lift=3)
    for gx in (-620, 330):
        for k in range(5):
            colour = ["#23404c", "#f6efdc", "#b8452f", "#e0a234", "#3f7f8c"][k]
            px, py = gx - 20, -400 + k * 190
            s.cut(
                smooth(
                    [at(px - 8, py), at(px + 8, py), at(px + 8, py + 34), at(px - 8, py + 34)],
                    steps=4,
                ),
                colour,
                lift=4,
            )


@scene
def rooftops_in_rain(s: Sheet) -> None:
    s.gradient([(0, "#54687a"), (1, "#a8b4b4")])
    for row, (y, c) in enumerate(
        ((430, "#7d8c97"), (560, "#5f6f7e"), (700, "#45566a"), (860, "#2b3a50"))
    ):
        x = -80.0 - row * 30
        while x < 1660:
            w, h = s.near(140, 240), s.near(40, 130)
            peak = y - h - s.near(50, 100)
            s.cut(
                [(x, 1010), (x, y - h), (x + w / 2, peak), (x + w, y - h), (x + w, 1010)],
                mix(c, "#a5443a", s.near(0, 0.28)),
                lift=7,
                shade=mix(c, "#141a2c", 0.35),
            )
            if s.random.random() < 0.6:
                s.box(x + w * 0.68, peak + 6, 26, 62, mix(c, "#3a1f2a", 0.4), lift=3)
            if row > 0 and s.random.random() < 0.75:
                for k in range(2):
                    s.box(
                        x + w * (0.24 + 0.3 * k),
                        y - h + 30,
                        32,
                        42,
                        "#ffd07a" if s.random.random() < 0.6 else mix(c, "#141a2c", 0.5),
                    )
            x += w - 4
    e.rain(s, "#e3eaea", 260, lean=36, alpha=0.3)
    s.line([(1120, 1000), (1120, 800)], "#141a2c", 7)
    canopy = [*arc(1120, 800, 170, 180, 360)]
    scallop = [p for k in range(4) for p in arc(1247.5 - k * 85, 800, 42.5, 0, -180)]
    s.cut([*canopy, *scallop], "#c8453a", lift=10, shade="#8a2a2c", toward="right")
    for k in (-1, 1):
        s.line(
            smooth([(1120, 632), (1120 + k * 36, 700), (1120 + k * 43, 776)], closed=False),
            "#8a2a2c",
            3,
        )
    s.cut(
        smooth([(1040, 1010), (1052, 900), (1090, 862), (1130, 870), (1170, 912), (1180, 1010)]),
        "#e0a234",
        lift=6,
    )
    s.oval(1106, 842, 32, 36, "#8a5a3f")


@scene
def gables_at_dusk(s: Sheet) -> None:
    s.gradient([(0, "#27305c"), (0.5, "#7b5a80"), (0.85, "#e39a7b"), (1, "#f5c78f")], bottom=760)
    e.stars(s, 40, 260)
    s.glow(1310, 170, 220, "#f7e7c4", 0.5)
    s.oval(1310, 170, 58, 58, "#f7e7c4")
    walls = ["#a5443a", "#d8934a", "#3a6570", "#e6cfa0", "#7a3a4a", "#4f7a68", "#c46a4f", "#efe0bd"]
    x = -60.0
    i = 0
    while x < 1650:
        w = s.near(108, 168)
        e.house(
            s, x, 770, w, s.near(270, 430), walls[i % len(walls)], "#2a2038", "#ffd98a", lit=0.5
        )
        x += w - 3
        i += 1
    s.box(-10, 766, 1620, 30, "#2f2840", lift=6)
    s.gradient([(0, "#c98a78"), (0.2, "#6f5678"), (1, "#1d2148")], top=796)
    for _j in range(26):
        x = s.near(0, 1600)
        e.light_path(
            s,
            x,
            802,
            s.near(860, 960),
            s.random.choice(["#ffd98a", "#e39a7b", "#f0b76a"]),
            wide=17,
            count=6,
        )
    for x in (180, 560, 960, 1360):
        s.line([(x, 770), (x, 640)], "#1c1830", 7)
        s.glow(x, 632, 80, "#ffe2a0", 0.8)
        s.oval(x, 632, 13, 16, "#fff0c8")
    e.person(s, 700, 774, 84, "#2a2038", "#2a2038", stride=7)
    e.person(s, 742, 774, 80, "#3a2a48", "#3a2a48", stride=-5)


@scene
def market_awnings(s: Sheet) -> None:
    s.gradient([(0, "#f5d9a4"), (1, "#f2c98f")], bottom=700)
    s.oval(260, 180, 96, 96, "#e8744a")
    x = -40.0
    for i in range(12):
        w = s.near(120, 170)
        e.house(
            s,
            x,
            560,
            w,
            s.near(150, 260),
            ["#e3b27c", "#d89a72", "#c98a70", "#e9c79a"][i % 4],
            "#a55c4c",
            "#8fb0b0",
            lit=0.9,
        )
        x += w
    s.box(-10, 550, 1620, 460, "#cfae82", shade="#a9835c")
    for i, (x, y, k, c) in enumerate(
        (
            (90, 640, 0.9, "#2f7f6c"),
            (590, 640, 0.9, "#c8453a"),
            (1090, 640, 0.9, "#23506b"),
            (-120, 850, 1.25, "#c8453a"),
            (560, 860, 1.25, "#e0a234"),
            (1200, 850, 1.25, "#2f7f6c"),
        )
    ):
        _stall(s, x, y, k, c, i)
    for x, y, h, c, skin in (
        (520, 800, 190, "#23404c", "#8a5a3f"),
        (1130, 790, 180, "#7a3f5c", "#e3b48f"),
        (480, 980, 240, "#e2742f", "#c98f6a"),
        (1080, 985, 250, "#2b5d6d", "#5c3b2c"),
    ):
        e.person(s, x, y, h, c, skin, stride=5)


def _stall(s: Sheet, x: float, y: float, k: float, c: str, turn: int) -> None:
    for side in (14, 374):
        s.box(x + side * k, y - 110 * k, 10 * k, 190 * k, "#5b4433")
    s.box(x, y, 400 * k, 80 * k, "#8f5f3c", lift=8, shade="#6b4028")
    fruits = [
        ["#d9482f", "#e0a234", "#7a9a4b"],
        ["#b9cdd2", "#8fb0b8", "#d9e3e0"],
        ["#e2742f", "#f0c95a", "#8c2b3c"],
    ][turn % 3]
    for i in range(15):
        for tier in range(2):
            px = x + (24 + i * 25 + tier * 12) * k
            s.oval(px, y - (10 + tier * 20) * k, 14 * k, 14 * k, fruits[i // 5], lift=2)
    for j in range(8):
        stripe = c if j % 2 else "#f8f1de"
        left, right = 40 + j * 40, 80 + j * 40
        a, b = -20 + j * 55, 35 + j * 55
        s.cut(
            [
                (x + left * k, y - 170 * k),
                (x + right * k, y - 170 * k),
                (x + b * k, y - 96 * k),
                *arc(x + (a + b) / 2 * k, y - 96 * k, 27.5 * k, 0, 180),
                (x + a * k, y - 96 * k),
            ],
            stripe,
            lift=4,
        )
