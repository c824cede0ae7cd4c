"""Where people meet: chamber, school, library, baths, museum."""

from __future__ import annotations

import math

from masthead.demo.drawing import elements as e
from masthead.demo.drawing.catalogue import scene
from masthead.demo.drawing.paper import Point, Sheet, arc, mix, smooth


@scene
def council_chamber(s: Sheet) -> None:
    s.gradient([(0, "#e9d6ae"), (1, "#d6b987")])
    rows = ((760, "#5d2830"), (600, "#7a3036"), (440, "#9c3f3c"))
    for r, c in rows:
        s.cut(
            [*arc(800, 950, r, 180, 360), *arc(800, 950, r - 116, 360, 180)],
            c,
            lift=9,
            shade=mix(c, "#1a1020", 0.3),
        )
    coats = ["#23404c", "#2f6b5e", "#d98b3a", "#e9d6ae", "#3b3550", "#b8452f", "#8f9c86"]
    skins = ["#8a5a3f", "#e3b48f", "#c98f6a", "#5c3b2c", "#f0c9a8"]
    for r, count in ((700, 17), (540, 13), (382, 9)):
        for i in range(count):
            a = math.radians(186 + 168 * i / (count - 1))
            x, y = 800 + r * math.cos(a), 950 + r * math.sin(a)
            s.oval(x, y, 36, 24, s.random.choice(coats), turn=math.degrees(a) + 90, lift=4)
            s.oval(x, y, 15, 15, s.random.choice([*skins, "#2b2026", "#6b4a33"]), lift=2)
            far = r - 48
            s.box(800 + far * math.cos(a) - 11, 950 + far * math.sin(a) - 8, 22, 16, "#f6efdc")
    s.oval(800, 990, 230, 230, "#c59b60", lift=8)
    s.cut([(690, 850), (910, 850), (940, 950), (660, 950)], "#5d2830", lift=8)
    s.oval(800, 968, 44, 30, "#23404c", lift=4)
    s.oval(800, 966, 18, 18, "#e9e2d2", lift=2)
    s.box(776, 868, 48, 34, "#f6efdc")


@scene
def classroom(s: Sheet) -> None:
    s.gradient([(0, "#f2d7a0"), (1, "#e9c07f")], bottom=720)
    s.box(-10, 700, 1620, 320, "#a9623f", shade="#7d4432")
    for i in range(-6, 18):
        s.line([(800 + (i - 6) * 90, 700), (800 + (i - 6) * 190, 1000)], "#8f5138", 3, 0.7)
    s.box(110, 110, 800, 420, "#f8f1de", lift=8)
    for x in (130, 394, 658):
        s.box(x, 130, 232, 380, "#9ccbd0")
        s.box(x, 330, 232, 180, "#3f8694")
        s.line([(x + 10, 400), (x + 110, 400)], "#d9ebe4", 4, 0.7)
        s.line([(x + 90, 450), (x + 210, 450)], "#d9ebe4", 4, 0.7)
    s.cut(smooth([(130, 332), (220, 285), (300, 300), (362, 332)], closed=False), "#5d8f6a")
    e.sailboat(s, 510, 395, 0.38, "#7d2b2a", "#fbf5e6", "#e2742f")
    e.gull(s, 760, 210, 34, "#ffffff", tilt=-10)
    s.box(100, 528, 820, 20, "#e0cfa4", lift=5)
    for x, c in ((180, "#c8453a"), (330, "#2f7f6c"), (760, "#d98b3a")):
        s.cut([(x - 24, 490), (x + 24, 490), (x + 17, 530), (x - 17, 530)], c, lift=3)
        for lean in (-26, -10, 8, 24):
            e.grass(s, x, 492, 72, "#3c7a55", lean=lean, wide=10)
    s.box(1010, 150, 470, 300, "#24483f", lift=10, shade="#17332d")
    s.line(
        smooth([(1060, 360), (1130, 300), (1210, 350), (1300, 260), (1420, 310)], closed=False),
        "#e9ead8",
        5,
    )
    s.oval(1390, 210, 26, 26, "#e9c86a")
    for i in range(3):
        s.line([(1060, 400), (1200 + i * 30, 400)], "#e9ead8", 4)
    s.box(990, 450, 510, 16, "#8f5138", lift=3)
    for row, (y, k) in enumerate(((690, 0.8), (800, 1.0), (930, 1.25))):
        for i in range(4 - (row == 2)):
            x = 330 + i * 320 + row * 70 - (row == 1) * 60
            _desk(s, x, y, k)


def _desk(s: Sheet, x: float, y: float, k: float) -> None:
    for side in (-84, 76):
        s.box(x + side * k, y, 9 * k, 84 * k, "#33414a")
    s.cut(
        [
            (x - 84 * k, y - 26 * k),
            (x + 84 * k, y - 26 * k),
            (x + 104 * k, y + 6 * k),
            (x - 104 * k, y + 6 * k),
        ],
        "#f0cf8e",
        lift=6,
    )
    s.box(x - 104 * k, y + 5 * k, 208 * k, 13 * k, "#c79a55")
    c = s.random.choice(["#b8452f", "#2f6b7d", "#2f7f6c", "#7a3f5c"])
    s.cut(
        [
            (x - 44 * k, y - 20 * k),
            (x + 4 * k, y - 20 * k),
            (x + 6 * k, y - 2 * k),
            (x - 50 * k, y - 2 * k),
        ],
        c,
    )
    s.line([(x + 30 * k, y - 16 * k), (x + 56 * k, y - 6 * k)], "#e2742f", 4 * k)


@scene
def island_schools(s: Sheet) -> None:
    s.gradient([(0, "#8cc3cc"), (0.8, "#d8e8dc"), (1, "#f2ebd2")], bottom=470)
    e.cloud(s, 780, 160, 520, "#fbf7ea")
    e.cloud(s, 1420, 250, 320, "#fbf7ea")
    s.gradient([(0, "#5fb0b4"), (0.4, "#2f8792"), (1, "#145a70")], top=460)
    e.ripples(s, 470, 990, "#d9efe6", 110, alpha=0.4)
    _isle(s, 330, 690, 1.25, "#c8453a")
    _isle(s, 1310, 600, 0.85, "#e0a234")
    for i in range(14):
        t = i / 13
        x, y = 620 + t * 470, 735 - 110 * t + 46 * math.sin(t * math.pi)
        s.oval(x, y, 9 - 4 * t, 4 - 1.6 * t, "#f6efdc", alpha=0.9)
    e.pilot_boat(s, 850, 730, 0.72, "#b8452f", "#f6efdc", "#f0b541")
    for x, y, z in ((620, 300, 34), (700, 350, 24), (990, 290, 28)):
        e.gull(s, x, y, z, "#33606c", tilt=s.near(-15, 15))


def _isle(s: Sheet, x: float, y: float, k: float, roof: str) -> None:
    def at(px: float, py: float) -> Point:
        return x + px * k, y + py * k

    s.cut(
        smooth(
            [
                at(-280, 14),
                at(-150, -14),
                at(0, -20),
                at(160, -14),
                at(280, 14),
                at(140, 46),
                at(-150, 46),
            ]
        ),
        "#eedfb6",
        lift=7,
    )
    ridge = smooth(
        [at(-250, 8), at(-160, -80), at(-30, -150), at(110, -110), at(250, 8)], closed=False
    )
    s.cut(
        [*ridge, *smooth([at(120, 26), at(-110, 26)], closed=False)],
        "#4f9168",
        lift=4,
        shade="#2c6650",
    )
    s.cut(smooth([at(20, 14), at(110, -50), at(200, -20), at(246, 8), at(130, 22)]), "#79b077")
    s.box(*at(-66, -122), 132 * k, 84 * k, "#f8f1de", lift=5, shade="#d8c9a2", toward="left")
    s.cut(
        [at(-80, -118), at(-50, -178), at(50, -178), at(80, -118)],
        roof,
        lift=4,
        shade=mix(roof, "#3a1420", 0.45),
    )
    s.cut([at(-14, -176), at(-14, -206), at(0, -228), at(14, -206), at(14, -176)], "#f8f1de")
    for px in (-50, -16, 18):
        s.box(*at(px, -104), 22 * k, 28 * k, "#2b5d6d")
    s.box(*at(38, -90), 22 * k, 52 * k, "#7d2b2a")
    for px, py, r in ((-150, -60, 34), (-116, -44, 26), (150, -58, 32), (186, -34, 24)):
        s.line([at(px, py + 40), at(px, py)], "#5b4433", 7 * k)
        s.oval(*at(px, py), r * k, r * 1.15 * k, "#2c6650", lift=3)
    s.line([at(96, -40), at(96, -190)], "#f8f1de", 4 * k)
    s.cut([at(98, -188), at(154, -176), at(98, -160)], roof)


@scene
def library(s: Sheet) -> None:
    s.gradient([(0, "#1e3b3d"), (1, "#142a2e")])
    spines = [
        "#b8452f",
        "#d98b3a",
        "#e6c88f",
        "#2f7f7c",
        "#7a3f4c",
        "#efe3c4",
        "#3f5f7d",
        "#8a9a5b",
    ]
    for left, wide in ((40, 640), (960, 600)):
        s.box(left, 30, wide, 900, "#6b4028", lift=14)
        for row in range(5):
            y = 56 + row * 172
            s.box(left + 22, y, wide - 44, 150, "#2b1a14")
            x = left + 28.0
            while x < left + wide - 60:
                w, h = s.near(16, 38), s.near(92, 138)
                c = s.random.choice(spines)
                lean = s.random.random() < 0.06
                shift = 18 if lean else 0
                s.cut(
                    [
                        (x + shift, y + 150 - h),
                        (x + w + shift, y + 150 - h),
                        (x + w, y + 150),
                        (x, y + 150),
                    ],
                    c,
                    shade=mix(c, "#141a2c", 0.4),
                    toward="right",
                )
                s.box(
                    x + w * 0.2 + shift * 0.75,
                    y + 150 - h * 0.8,
                    w * 0.6,
                    6,
                    "#f6efdc" if c not in ("#efe3c4", "#e6c88f") else "#6b4028",
                )
                x += w + 2 + shift
    s.box(-10, 920, 1620, 90, "#8f5138", shade="#5d3428")
    for side in (0, 74):
        s.line([(470 + side, 120), (360 + side, 930)], "#d9a85c", 11)
    for i in range(11):
        s.line([(462 - i * 9.7, 178 + i * 71), (536 - i * 9.7, 178 + i * 71)], "#d9a85c", 9)
    e.person(s, 450, 560, 250, "#e2742f", "#8a5a3f")
    s.cut([(478, 372), (540, 356), (548, 400), (486, 414)], "#efe3c4", lift=3)
    s.glow(1010, 520, 520, "#ffdf9c", 0.55)
    s.line([(800, 930), (800, 470)], "#c9a24f", 9)
    s.cut([(700, 500), (746, 392), (854, 392), (900, 500)], "#3f9a7a", lift=8, shade="#1f5f4c")
    s.cut(
        smooth([(930, 930), (905, 720), (950, 610), (1120, 600), (1170, 720), (1150, 930)]),
        "#a5342f",
        lift=14,
        shade="#651e26",
    )
    s.cut(
        smooth([(990, 900), (960, 760), (1010, 690), (1080, 700), (1105, 780), (1090, 900)]),
        "#23506b",
        lift=4,
    )
    s.oval(1040, 640, 40, 46, "#e3b48f")
    s.cut(
        smooth([(1000, 640), (1004, 596), (1044, 582), (1084, 600), (1082, 632), (1050, 612)]),
        "#5b3a2b",
    )
    s.cut([(880, 780), (965, 760), (965, 830), (880, 846)], "#f6efdc", lift=5)
    s.cut([(965, 760), (1050, 778), (1050, 846), (965, 830)], "#e9dcb9", lift=3)
    s.cut(
        smooth([(950, 930), (930, 830), (1140, 826), (1180, 930)], closed=False), "#8c2b2b", lift=5
    )


@scene
def sea_baths(s: Sheet) -> None:
    s.gradient([(0, "#1f6f86"), (1, "#124e68")])
    for _ in range(26):
        s.line(
            smooth(
                [
                    (s.near(-80, 1500), y := s.near(0, 1000)),
                    (s.near(300, 900), y + 14),
                    (s.near(900, 1700), y - 6),
                ],
                closed=False,
            ),
            "#7fc0c4",
            2.5,
            0.18,
        )
    outer: list[Point] = [(210, 170), (1330, 90), (1450, 760), (330, 900)]
    s.cut(outer, "#ecdfc0", lift=16, shade="#d6c39a", toward="right", grain=0.5)
    inner: list[Point] = [(276, 232), (1276, 160), (1378, 708), (382, 832)]
    s.cut(inner, "#4fb3b8", shade="#2f93a2", toward="bottom")
    for lane in range(1, 6):
        t = lane / 6
        a = (276 + 106 * t, 232 + 600 * t)
        b = (1276 + 102 * t, 160 + 548 * t)
        for j in range(34):
            f = (j + 0.5) / 34
            s.oval(
                a[0] + (b[0] - a[0]) * f,
                a[1] + (b[1] - a[1]) * f,
                10,
                6,
                "#c8453a" if j % 2 else "#f8f1de",
                turn=-4,
            )
    caps = ["#e0a234", "#c8453a", "#f8f1de", "#23404c", "#e2742f", "#7a3f5c"]
    for i in range(6):
        t, f = (i + 0.5) / 6, [0.22, 0.64, 0.4, 0.82, 0.3, 0.58][i]
        x = 276 + 106 * t + 1000 * f
        y = 232 + 600 * t + (-72 - 52 * t) * f
        d = 1 if i % 2 else -1
        skin = ["#8a5a3f", "#e3b48f", "#c98f6a", "#5c3b2c", "#f0c9a8", "#b97f5a"][i]
        for k in range(4):
            s.oval(x - d * (96 + k * 26), y + 5 + (k % 2) * 8, 20 - k * 3, 4, "#d9f0ea", alpha=0.8)
        s.line([(x - d * 20, y), (x - d * 92, y + 9)], skin, 15)
        s.oval(x - d * 16, y + 1, 40, 18, ["#23404c", "#a5342f", "#2b2b4a"][i % 3], turn=-4)
        s.line([(x + d * 10, y - 8), (x + d * 44, y - 34), (x + d * 74, y - 18)], skin, 11)
        s.line([(x + d * 8, y + 10), (x - d * 34, y + 34)], skin, 11)
        s.oval(x + d * 38, y, 17, 16, caps[i], lift=3)
    s.cut(
        [(-10, 1010), (-10, 850), (200, 930), (480, 960), (900, 910), (1610, 850), (1610, 1010)],
        "#3d4a4d",
        lift=10,
    )
    for _ in range(46):
        x = s.near(-20, 1620)
        s.oval(
            x,
            s.near(930, 1000),
            s.near(30, 80),
            s.near(20, 44),
            mix("#4a585a", "#2a3438", s.random.random()),
            turn=s.near(-20, 20),
            lift=5,
        )


@scene
def museum_boat(s: Sheet) -> None:
    s.gradient([(0, "#efe4cb"), (1, "#e3d2ac")], bottom=770)
    s.box(-10, 760, 1620, 250, "#7d4f3a", shade="#55332a")
    s.cut([(520, -10), (760, -10), (1240, 770), (180, 770)], "#fbf5e4", alpha=0.55)
    for x, w, h, c, d in (
        (90, 210, 280, "#23506b", "#e0a234"),
        (1330, 190, 250, "#a5342f", "#f6efdc"),
    ):
        s.box(x - 14, 186, w + 28, h + 28, "#5b4433", lift=8)
        s.box(x, 200, w, h, mix(c, "#f6efdc", 0.55))
        s.cut(
            [
                (x, 200 + h),
                (x, 200 + h * 0.66),
                *smooth(
                    [(x, 200 + h * 0.66), (x + w * 0.4, 200 + h * 0.58), (x + w, 200 + h * 0.7)],
                    closed=False,
                ),
                (x + w, 200 + h),
            ],
            c,
        )
        s.oval(x + w * 0.68, 200 + h * 0.3, 30, 30, d)
    for x in (430, 1090):
        s.cut([(x, 800), (x + 60, 700), (x + 90, 700), (x + 150, 800)], "#3b2a26", lift=6)
    hull = smooth(
        [(230, 430), (380, 520), (640, 560), (960, 556), (1240, 500), (1410, 360)], closed=False
    )
    keel = smooth(
        [(1350, 520), (1220, 660), (980, 728), (660, 732), (400, 680), (262, 560)], closed=False
    )
    s.cut([*hull, *keel], "#c46a3a", lift=18, shade="#7d3a26")
    for k in range(1, 6):
        t = k / 6
        plank = [
            (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
            for a, b in zip(
                hull, reversed([*keel, *keel[-1:]] if len(keel) < len(hull) else keel), strict=False
            )
        ]
        s.line(plank, "#6b2f22", 5)
    s.line(hull, "#f0cf8e", 14)
    s.line([(800, 545), (800, 60)], "#6b4028", 15)
    s.cut(
        [(814, 84), *smooth([(814, 84), (960, 200), (1110, 440)], closed=False), (814, 470)],
        "#f6efdc",
        lift=9,
        shade="#dcc99c",
        toward="right",
    )
    s.cut(
        [(788, 120), *smooth([(788, 120), (700, 280), (560, 470)], closed=False), (788, 486)],
        "#a5342f",
        lift=9,
        shade="#6b1f26",
        toward="left",
    )
    e.person(s, 240, 950, 210, "#23404c", "#8a5a3f")
    e.person(s, 320, 950, 130, "#e0a234", "#8a5a3f")
    e.person(s, 1360, 960, 220, "#7a3f5c", "#e3b48f", stride=4)
