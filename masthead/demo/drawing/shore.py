"""The strip that is sometimes sea."""

from __future__ import annotations

import math

from masthead.demo.drawing import elements as e
from masthead.demo.drawing.catalogue import scene
from masthead.demo.drawing.paper import Point, Sheet, mix, smooth


@scene
def lighthouse_by_day(s: Sheet) -> None:
    s.gradient([(0, "#4f9fb5"), (0.7, "#b9dbd6"), (1, "#f0ead2")], bottom=720)
    e.cloud(s, 1270, 230, 560, "#fbf7ea")
    e.cloud(s, 1080, 420, 300, "#fbf7ea", alpha=0.9)
    s.gradient([(0, "#3f94a0"), (1, "#155a70")], top=700)
    e.ripples(s, 710, 990, "#d9efe6", 70, alpha=0.45)
    e.sailboat(s, 1240, 730, 0.42, "#7d2b2a", "#fbf5e6", "#e2742f", heel=6)
    e.hill(
        s,
        [(-20, 480), (180, 470), (420, 520), (640, 560), (820, 640), (900, 760), (930, 900)],
        1010,
        "#8a5a4a",
        lift=14,
        shade="#4f3038",
    )
    for i in range(6):
        s.line(
            smooth(
                [
                    (-20, 640 + i * 66),
                    (300, 620 + i * 70),
                    (620, 690 + i * 66),
                    (860, 800 + i * 50),
                ],
                closed=False,
            ),
            "#a8705a",
            8,
            0.55,
        )
    e.hill(
        s,
        [(-20, 470), (180, 456), (420, 500), (640, 545), (830, 650)],
        652,
        "#6fa05f",
        shade="#4b7d50",
    )
    s.box(150, 400, 170, 80, "#f8f1de", lift=5)
    s.cut([(136, 404), (235, 340), (334, 404)], "#c8453a", lift=4)
    s.box(180, 424, 30, 30, "#2b5d6d")
    s.box(250, 424, 30, 56, "#7d2b2a")
    e.lighthouse(s, 470, 522, 395, "#fbf5e6", "#c8453a", "#ffe9a8")
    e.swell(s, 930, "#eaf4ea", high=10, long=260, lift=0)
    e.swell(s, 937, "#2a7686", high=10, long=260, lift=0)
    for x, y, z in ((720, 200, 46), (820, 280, 32), (660, 330, 26), (940, 170, 24)):
        e.gull(s, x, y, z, "#ffffff", tilt=s.near(-18, 18))


@scene
def dunes(s: Sheet) -> None:
    s.gradient([(0, "#f2b98a"), (0.6, "#f6d9a8"), (1, "#f8e8c4")], bottom=620)
    s.oval(480, 300, 110, 110, "#fbeecb")
    s.gradient([(0, "#7fb3b0"), (1, "#4f8f98")], top=430, bottom=620)
    e.ripples(s, 436, 560, "#f8e8c4", 40, alpha=0.6)
    for pts, c, d in (
        (
            [(-20, 540), (300, 470), (620, 540), (900, 500), (1250, 440), (1640, 520)],
            "#ecd09a",
            "#d9b27c",
        ),
        (
            [(-20, 690), (260, 620), (560, 560), (900, 660), (1220, 600), (1640, 540)],
            "#e3bd80",
            "#c9985f",
        ),
        (
            [(-20, 780), (340, 830), (700, 720), (1050, 640), (1380, 740), (1640, 700)],
            "#d6a566",
            "#b07a48",
        ),
        ([(-20, 900), (400, 850), (820, 920), (1240, 850), (1640, 900)], "#c48d52", "#94603a"),
    ):
        e.hill(s, pts, 1010, c, lift=10, shade=d)
        for _ in range(22):
            i = s.random.randrange(len(pts) - 1)
            t = s.random.random()
            x = pts[i][0] + (pts[i + 1][0] - pts[i][0]) * t
            y = pts[i][1] + (pts[i + 1][1] - pts[i][1]) * t + s.near(8, 40)
            for _ in range(7):
                e.grass(
                    s,
                    x + s.near(-14, 14),
                    y,
                    s.near(30, 74) * (0.5 + y / 1000),
                    s.random.choice(["#5d7d4f", "#7a9a5b", "#3f6650"]),
                    lean=s.near(8, 46),
                    wide=6,
                )
    for i in range(22):
        x = 560 + i * 46
        y = 770 - 90 * math.sin(i / 22 * math.pi) + (i % 3) * 4
        s.cut(
            [(x - 7, y + 70), (x - 6 + s.near(-4, 4), y - 22), (x + 7, y - 20), (x + 8, y + 70)],
            "#7d5a44",
            lift=3,
        )
    for off in (0, 30):
        s.line(
            [(560 + i * 46, 772 + off - 90 * math.sin(i / 22 * math.pi)) for i in range(22)],
            "#3a2b2a",
            3,
        )


@scene
def tide_pool(s: Sheet) -> None:
    s.gradient([(0, "#4d5a60"), (1, "#3a464d")])
    for _ in range(90):
        x, y = s.near(-30, 1630), s.near(-30, 1030)
        s.oval(
            x,
            y,
            s.near(40, 110),
            s.near(30, 80),
            mix("#5b686c", "#2f3a42", s.random.random()),
            turn=s.near(0, 180),
            lift=6,
        )
    rim: list[Point] = [
        (200, 260),
        (480, 110),
        (840, 160),
        (1180, 90),
        (1420, 300),
        (1400, 620),
        (1180, 860),
        (820, 820),
        (480, 900),
        (230, 700),
        (150, 460),
    ]
    s.cut(smooth(rim), "#d9c79a", lift=2)
    for scale, c in ((0.965, "#4fa3a5"), (0.82, "#2f8390"), (0.62, "#1d6478")):
        s.cut(
            smooth([(800 + (x - 800) * scale, 490 + (y - 490) * scale) for x, y in rim]), c, lift=7
        )
    for x, y, n in ((330, 380, 8), (1240, 690, 9), (1130, 220, 7)):
        for i in range(n):
            a = -0.9 + i * 0.28
            tip = (x + 150 * math.cos(a), y + 150 * math.sin(a))
            s.line(
                smooth(
                    [(x, y), (x + 70 * math.cos(a + 0.5), y + 70 * math.sin(a + 0.5)), tip],
                    closed=False,
                ),
                ["#5d8f4f", "#3f7048", "#7aa85b"][i % 3],
                17,
            )
    for x, y, r, c in (
        (480, 640, 78, "#d9567a"),
        (1060, 360, 92, "#e8744a"),
        (700, 290, 60, "#c94f7d"),
    ):
        for ring, count in ((1.0, 22), (0.72, 16)):
            for i in range(count):
                a = math.tau * i / count + ring
                s.line(
                    [(x, y), (x + r * ring * math.cos(a), y + r * ring * math.sin(a))],
                    mix(c, "#fff0e0", 0.45 if ring < 1 else 0.1),
                    13,
                )
                s.oval(x + r * ring * math.cos(a), y + r * ring * math.sin(a), 8, 8, "#fbe3d6")
        s.oval(x, y, r * 0.36, r * 0.36, mix(c, "#3a1020", 0.3), lift=4)
    _star(s, 830, 590, 190, "#c8432f", 12)
    _star(s, 1210, 510, 84, "#e0a234", 40)
    for x, y, turn in (
        (620, 470, 20),
        (680, 760, -30),
        (960, 720, 60),
        (390, 520, 90),
        (1290, 380, 10),
    ):
        for k in range(4):
            s.oval(
                x + k * 7 * math.cos(turn),
                y + k * 7 * math.sin(turn),
                30 - k * 7,
                26 - k * 6,
                ["#efe3c4", "#c9a878", "#efe3c4", "#8f6a4f"][k],
                turn=turn,
                lift=4 if k == 0 else 0,
            )
    e.fish(s, 900, 400, 0.62, "#e9dcb0", turn=24)


def _star(s: Sheet, x: float, y: float, r: float, c: str, turn: float) -> None:
    shape: list[Point] = []
    for i in range(10):
        a = math.radians(turn + i * 36)
        far = r if i % 2 == 0 else r * 0.36
        shape.append((x + far * math.cos(a), y + far * math.sin(a)))
    s.cut(smooth(shape, steps=8), c, lift=10, shade=mix(c, "#3a1020", 0.45))
    for i in range(5):
        a = math.radians(turn + i * 72)
        for k in range(1, 7):
            f = r * (0.1 + k * 0.115)
            s.oval(
                x + f * math.cos(a),
                y + f * math.sin(a),
                r * 0.032,
                r * 0.032,
                mix(c, "#fff0d8", 0.6),
            )


@scene
def saltmarsh(s: Sheet) -> None:
    s.gradient([(0, "#a8b069"), (1, "#7f9458")])
    for _ in range(60):
        c = s.random.choice(["#b9bd74", "#8fa35f", "#c98f8a", "#b0768a", "#6f8a55", "#d0b070"])
        x, y, r = s.near(0, 1600), s.near(0, 1000), s.near(60, 190)
        blob = [
            (x + r * s.near(0.7, 1.2) * math.cos(a), y + r * 0.62 * s.near(0.7, 1.2) * math.sin(a))
            for a in (i * math.tau / 9 for i in range(9))
        ]
        s.cut(smooth(blob), c, lift=3, alpha=1)
    main: list[Point] = [
        (1660, 80),
        (1380, 170),
        (1270, 330),
        (1400, 480),
        (1290, 640),
        (1030, 600),
        (880, 440),
        (690, 430),
        (610, 600),
        (710, 770),
        (560, 880),
        (260, 800),
        (60, 900),
        (-60, 1040),
    ]
    arms: list[list[Point]] = [
        [(1270, 330), (1130, 240), (1090, 110), (960, 60), (930, -40)],
        [(880, 440), (820, 300), (660, 240), (620, 90), (480, 20)],
        [(660, 240), (500, 270), (400, 180), (240, 160)],
        [(610, 600), (440, 560), (360, 430), (180, 420), (60, 330)],
        [(1290, 640), (1390, 760), (1330, 900), (1450, 1040)],
        [(1030, 600), (1010, 740), (1110, 860), (1050, 1040)],
    ]
    for extra, c in ((30, "#8f7a5f"), (10, "#5d9aa0"), (-12, "#a8d0cc")):
        for path in arms:
            _creek(s, path, 30, 6, extra * 0.6, c)
        _creek(s, main, 104, 46, extra, c)
    for x, y in ((1180, 460), (1240, 480), (1200, 520), (760, 560), (470, 700), (520, 690)):
        s.oval(x, y, 13, 6, "#fbf7ea", lift=4)
        s.oval(x + 12, y - 3, 5, 4, "#fbf7ea")


def _creek(
    s: Sheet, path: list[Point], start: float, end: float, extra: float, colour: str
) -> None:
    curve = smooth(path, closed=False, steps=48)
    for i, (x, y) in enumerate(curve):
        half = (start + (end - start) * i / len(curve)) / 2 + extra
        if half > 0.5:
            s.oval(x, y, half, half, colour)


@scene
def mudflat_moon(s: Sheet) -> None:
    s.gradient([(0, "#3a4a78"), (0.6, "#b08a9a"), (1, "#f0c9a4")], bottom=560)
    s.oval(1080, 400, 240, 240, "#fbeccb", shade="#efd0a0", toward="bottom", grain=0.5)
    for x, y, r in ((1010, 330, 40), (1130, 420, 60), (1050, 500, 34), (1170, 300, 26)):
        s.oval(x, y, r, r * 0.8, "#eedab2", alpha=0.7)
    e.hill(
        s,
        [(-20, 540), (300, 510), (600, 545), (1000, 520), (1300, 545), (1640, 515)],
        590,
        "#4a4468",
    )
    s.gradient([(0, "#c9a49a"), (0.4, "#8a7488"), (1, "#3a3a58")], top=560)
    for i in range(40):
        part = (i / 40) ** 1.3
        fall = 572 + 430 * part
        left = s.near(-100, 1500)
        w = s.near(200, 560)
        s.oval(left, fall, w, 3 + 12 * part, mix("#f0c9a4", "#5b5878", part), alpha=0.55)
    e.light_path(s, 1080, 566, 985, "#fbeccb", wide=170, count=22)
    for i in range(13):
        t = i / 12
        s.oval(
            520 - 340 * t + (i % 2) * (10 + 22 * t), 780 + 210 * t, 5 + 13 * t, 3 + 5 * t, "#2b2b48"
        )
    e.person(s, 540, 780, 190, "#a5342f", "#5c3b2c", stride=10)
    s.cut([(566, 690), (602, 690), (596, 730), (572, 730)], "#e0a234", lift=2)
    s.cut(smooth([(500, 796), (560, 790), (420, 850), (380, 850)]), "#2b2b48", alpha=0.35)
    for x in (860, 900, 952, 1290, 1330):
        s.oval(x, 640, 15, 9, "#2b2b48")
        s.line([(x + 10, 636), (x + 26, 640)], "#2b2b48", 3)
        s.line([(x, 646), (x, 664)], "#2b2b48", 2.5)
