"""Under the water and just above it."""

from __future__ import annotations

import math

from masthead.demo.drawing import elements as e
from masthead.demo.drawing.catalogue import scene
from masthead.demo.drawing.paper import Point, Sheet, mix, smooth


@scene
def eelgrass(s: Sheet) -> None:
    s.gradient([(0, "#a8dccb"), (0.35, "#4fa8a5"), (1, "#0f4a5c")])
    _shafts(s, "#e3f5e0", 0.12)
    for layer, (c, foot, tall, count) in enumerate(
        (
            ("#3f9a8a", 900, 420, 60),
            ("#2a7f6d", 960, 520, 54),
            ("#8fbf5f", 1010, 480, 40),
            ("#4f9a52", 1030, 620, 36),
            ("#1d5a4a", 1050, 460, 34),
        )
    ):
        e.hill(
            s,
            [
                (-20, foot - 40),
                (400, foot - 70),
                (800, foot - 30),
                (1200, foot - 66),
                (1640, foot - 40),
            ],
            1010,
            mix("#2a5f5c", "#0a2f38", layer / 4),
            lift=6,
        )
        for _ in range(count):
            x, high = s.near(-60, 1660), tall * s.near(0.55, 1.1)
            e.grass(
                s,
                x,
                foot,
                high,
                mix(c, "#e3efb0", s.near(0, 0.2)),
                lean=high * s.near(0.2, 0.42),
                wide=s.near(10, 20),
            )
        if layer in (1, 2, 3):
            for _ in range(6):
                e.fish(
                    s,
                    s.near(150, 1450),
                    s.near(250, 640),
                    s.near(0.5, 0.9),
                    s.random.choice(["#e6efe2", "#f0d9a0", "#cfe3dc"]),
                    turn=s.near(-12, 8),
                    lift=5,
                )
    for _ in range(24):
        r = s.near(3, 10)
        s.oval(s.near(0, 1600), s.near(0, 600), r, r, "#f0fbee", alpha=0.5)


def _shafts(s: Sheet, colour: str, alpha: float) -> None:
    for x, w in ((200, 90), (480, 150), (860, 110), (1180, 180), (1480, 100)):
        s.cut(
            [(x, -10), (x + w, -10), (x + w * 1.7 - 260, 1010), (x - 330, 1010)],
            colour,
            alpha=alpha,
        )


@scene
def kelp_seal(s: Sheet) -> None:
    s.gradient([(0, "#d8c47a"), (0.3, "#6fa07a"), (1, "#0f3d48")])
    _shafts(s, "#f8efb8", 0.13)
    for layer, c in enumerate(("#7d8f3f", "#a8742f", "#6b4a24")):
        if layer == 2:
            _seal(s)
        for i in range(5):
            x = [60, 270, 1180, 1390, 1560][i] + s.near(-60, 60) + layer * 40
            stem = smooth(
                [
                    (x, 1020),
                    (x + s.near(-50, 50), 700),
                    (x + s.near(-60, 60), 380),
                    (x + s.near(-70, 70), -30),
                ],
                closed=False,
            )
            s.line(stem, mix(c, "#2b2412", 0.3), 9)
            for j in range(3, len(stem), 3):
                p, side = stem[j], 1 if j % 2 else -1
                s.cut(
                    smooth(
                        [
                            p,
                            (p[0] + side * 60, p[1] - 36),
                            (p[0] + side * (130 + s.near(0, 50)), p[1] - 10 + s.near(-20, 30)),
                            (p[0] + side * 62, p[1] + 8),
                        ]
                    ),
                    mix(c, "#e9d27a", s.near(0, 0.25)),
                    lift=4,
                )
                s.oval(p[0] + side * 8, p[1] - 6, 10, 13, mix(c, "#e9d27a", 0.4))
    for _ in range(9):
        e.fish(s, s.near(300, 1300), s.near(120, 300), 0.42, "#f0dca0", turn=s.near(-8, 8))
    for i in range(8):
        s.oval(560 - i * 9 + (i % 2) * 16, 420 - i * 44, 6 + i, 6 + i, "#f4f6d8", alpha=0.6)


def _seal(s: Sheet) -> None:
    body: list[Point] = [
        (520, 500),
        (560, 440),
        (640, 430),
        (720, 490),
        (860, 560),
        (1000, 680),
        (1090, 790),
        (1170, 800),
        (1130, 840),
        (1150, 890),
        (1070, 860),
        (960, 800),
        (800, 740),
        (660, 660),
        (570, 580),
    ]
    s.cut(smooth(body), "#5b6670", lift=18, shade="#2f3a46")
    s.cut(smooth([(700, 640), (740, 700), (720, 800), (660, 820), (660, 720)]), "#3f4a56", lift=6)
    for _ in range(26):
        t = s.random.random()
        s.oval(
            640 + 380 * t + s.near(-14, 14),
            500 + 230 * t + s.near(-26, 40),
            s.near(5, 11),
            s.near(4, 8),
            "#39444f",
            alpha=0.8,
        )
    s.oval(600, 492, 11, 12, "#14181f")
    s.oval(597, 488, 4, 4, "#f6efdc")
    s.oval(528, 516, 14, 11, "#22282f")
    for k in (-1, 0, 1):
        s.line([(540, 532 + k * 6), (488, 548 + k * 16)], "#e9e4d2", 2.2)
        s.line([(556, 536 + k * 6), (590, 560 + k * 12)], "#e9e4d2", 2.2)


@scene
def whale_below(s: Sheet) -> None:
    s.gradient([(0, "#f3dfb4"), (1, "#f0c78f")], bottom=270)
    s.oval(1270, 150, 70, 70, "#e8744a")
    s.gradient([(0, "#4fa3a5"), (0.3, "#22708a"), (1, "#0a2545")], top=256)
    for x, w in ((300, 120), (720, 180), (1180, 150)):
        s.cut(
            [(x, 262), (x + w, 262), (x + w * 1.5 - 180, 1010), (x - 240, 1010)],
            "#bfe6dc",
            alpha=0.09,
        )
    body: list[Point] = [
        (180, 640),
        (330, 520),
        (640, 450),
        (960, 480),
        (1180, 560),
        (1330, 590),
        (1440, 520),
        (1530, 470),
        (1500, 570),
        (1540, 680),
        (1440, 650),
        (1330, 650),
        (1150, 690),
        (880, 770),
        (560, 790),
        (300, 740),
    ]
    s.cut(smooth(body), "#1b3354", lift=26, shade="#0b1c38")
    s.cut(
        smooth(
            [(184, 650), (320, 690), (560, 716), (800, 716), (880, 762), (560, 790), (300, 742)]
        ),
        "#b9cdd2",
        shade="#7d9aa8",
        toward="right",
    )
    for k in range(7):
        s.line(
            smooth(
                [(230 + k * 20, 682 + k * 9), (480, 716 + k * 10), (760 + k * 8, 724 + k * 7)],
                closed=False,
            ),
            "#8fa9b3",
            3,
        )
    s.cut(smooth([(560, 720), (640, 760), (720, 900), (640, 910), (550, 820)]), "#122747", lift=10)
    s.oval(372, 648, 11, 11, "#f6efdc")
    s.oval(374, 649, 6, 6, "#0a1830")
    s.line(smooth([(190, 644), (300, 660), (350, 690)], closed=False), "#0a1830", 5)
    e.ripples(s, 262, 330, "#e6f3e4", 30, alpha=0.5)
    s.cut([(694, 244), (906, 240), (874, 286), (728, 286)], "#c8432f", lift=6)
    s.box(690, 236, 220, 10, "#f6efdc")
    e.person(s, 770, 246, 92, "#e0a234", "#8a5a3f")
    s.line([(784, 178), (866, 150), (930, 262)], "#33243a", 3)
    for _ in range(18):
        e.fish(
            s,
            s.near(980, 1320),
            s.near(830, 940),
            s.near(0.24, 0.4),
            "#8fc0c4",
            turn=s.near(-10, 10),
            lift=0,
        )


@scene
def terns_diving(s: Sheet) -> None:
    s.gradient([(0, "#e9efe6"), (0.55, "#bcd9d8"), (1, "#8fc0c6")], bottom=760)
    s.oval(1250, 250, 150, 150, "#f4b765")
    e.swell(s, 730, "#4f9aa5", high=16, long=520, lift=8)
    e.swell(s, 800, "#2f7d8f", high=20, long=600, lift=10)
    for x, y, k, turn in (
        (330, 250, 1.5, 38),
        (690, 430, 1.9, 52),
        (1010, 300, 1.1, 44),
        (560, 140, 0.9, 20),
        (1300, 540, 1.3, 58),
    ):
        _tern(s, x, y, k, turn)
    for k in range(5):
        s.oval(880, 800 + k * 4, 30 + k * 30, 7 + k * 5, "#e6f3ee", alpha=0.55 - k * 0.09)
    for _ in range(26):
        a, far = s.near(-2.5, -0.6), s.near(20, 120)
        r = s.near(3, 8)
        s.oval(880 + far * math.cos(a), 796 + far * math.sin(a), r, r, "#f6faf4")
    e.swell(s, 880, "#17566e", high=20, long=700, lift=12)
    for _ in range(15):
        e.fish(
            s, s.near(250, 1400), s.near(920, 980), 0.34, "#a8d0d0", turn=s.near(-10, 10), lift=2
        )


def _tern(s: Sheet, x: float, y: float, k: float, turn: float) -> None:
    c, n = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def turned(points: list[Point]) -> list[Point]:
        return [(x + k * (p * c - q * n), y + k * (p * n + q * c)) for p, q in points]

    s.cut(
        smooth(turned([(10, -12), (-40, -80), (-130, -140), (-90, -70), (-30, 0)]), steps=8),
        "#dfe6e4",
        lift=6,
        shade="#a8b8bc",
    )
    s.cut(turned([(-60, -6), (-150, -22), (-100, 0), (-150, 24), (-58, 8)]), "#fbfaf2", lift=4)
    s.cut(
        smooth(turned([(-80, 0), (-20, -22), (44, -20), (70, -4), (50, 14), (-20, 20)]), steps=8),
        "#fdfcf6",
        lift=6,
    )
    s.cut(
        smooth(turned([(16, 8), (-20, 70), (-100, 120), (-80, 60), (-34, 6)]), steps=8),
        "#fdfcf6",
        lift=7,
        shade="#c9d4d4",
    )
    s.cut(smooth(turned([(38, -22), (64, -16), (72, -5), (50, -6), (34, -12)]), steps=8), "#1d2530")
    s.cut(turned([(68, -7), (108, 2), (68, 4)]), "#d9482f")
