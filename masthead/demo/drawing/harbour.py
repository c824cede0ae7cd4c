"""Ships, cranes and the channel by night and day."""

from __future__ import annotations

from masthead.demo.drawing import elements as e
from masthead.demo.drawing.catalogue import scene
from masthead.demo.drawing.paper import Sheet, smooth


@scene
def night_ship(s: Sheet) -> None:
    s.gradient([(0, "#0b1530"), (0.55, "#23426a"), (0.85, "#6f7f93"), (1, "#c9a688")], bottom=640)
    e.stars(s, 120, 360)
    s.glow(1210, 210, 330, "#f6dfae", 0.5)
    s.oval(1210, 210, 82, 82, "#f7e7c4", shade="#e6c88f", toward="right", grain=0.5)
    e.hill(
        s,
        [
            (-20, 600),
            (200, 560),
            (420, 585),
            (700, 560),
            (900, 605),
            (1180, 575),
            (1400, 590),
            (1640, 560),
        ],
        650,
        "#1b2f4e",
    )
    s.gradient([(0, "#5c6f88"), (0.25, "#2c4a6e"), (1, "#0a142b")], top=632)
    e.ripples(s, 640, 990, "#7f93aa", 120, alpha=0.22)
    e.light_path(s, 1210, 650, 985, "#f2d9a4", wide=95, count=20)
    for x in (90, 210, 1490):
        s.box(x, 578, 5, 22, "#0d1830")
        s.glow(x + 2, 574, 60, "#f0b541", 0.8)
        s.oval(x + 2, 574, 5, 5, "#ffe6a8")
    e.container_ship(
        s,
        330,
        770,
        1.12,
        "#0e1a2f",
        "#8f2f2c",
        ["#7d3a33", "#a8703a", "#26495a", "#a58f6a", "#4f2a35", "#2f5d66"],
        "#cfc6b2",
    )
    s.glow(430, 470, 110, "#ffdf9c", 0.7)
    for x in (398, 418, 438):
        s.box(x, 520, 12, 7, "#ffe6a8")
    s.glow(1196, 640, 70, "#6fd6a0", 0.7)
    e.light_path(s, 420, 780, 930, "#d8b878", wide=40, count=9)
    e.buoy(s, 1395, 868, 0.95, "#9c2a2f", "#ff8a6b")
    s.glow(1395, 728, 120, "#ff6a4a", 0.8)
    e.light_path(s, 1395, 876, 985, "#e2705a", wide=36, count=8)


@scene
def pilot_ladder(s: Sheet) -> None:
    s.gradient([(0, "#e9b98c"), (0.6, "#d9875f"), (1, "#b65a4f")], bottom=720)
    s.oval(1360, 300, 120, 120, "#f8dfb0")
    s.glow(1360, 300, 360, "#fbe6bd", 0.5)
    s.cut(
        [(-10, -10), (980, -10), (905, 300), (862, 720), (-10, 720)],
        "#1f2f47",
        lift=16,
        shade="#0f1a2e",
        toward="left",
    )
    s.cut(
        [(-10, 560), (884, 560), (862, 760), (-10, 760)], "#93322f", shade="#5f1d25", toward="left"
    )
    for x in range(60, 900, 170):
        s.line([(x, 0), (x - 4, 560)], "#2b3f5c", 3, 0.7)
    for y in (140, 330):
        s.line([(0, y), (940 - y * 0.12, y)], "#2b3f5c", 3, 0.7)
    for side in (610, 664):
        s.line([(side, 60), (side + 4, 690)], "#e7d7b4", 4)
    for step in range(19):
        s.line([(606, 84 + step * 33), (672, 84 + step * 33)], "#e0b36a", 8)
    e.person(s, 640, 420, 150, "#e2742f", "#8a5a3f")
    s.box(624, 322, 32, 26, "#f0b541")
    s.gradient([(0, "#b8665a"), (0.4, "#5d4560"), (1, "#1b2340")], top=715)
    e.ripples(s, 725, 990, "#f0b98f", 80, alpha=0.4)
    e.light_path(s, 1360, 722, 985, "#f8dfb0", wide=120, count=16)
    e.pilot_boat(s, 760, 850, 1.5, "#14213a", "#f1e6cf", "#e2742f")
    e.gull(s, 1180, 190, 44, "#3a2c44", tilt=-12)
    e.gull(s, 1270, 120, 28, "#3a2c44", tilt=8)


@scene
def channel_lights(s: Sheet) -> None:
    s.gradient([(0, "#1a1f45"), (0.35, "#5b3a6b"), (0.7, "#c65f62"), (1, "#f3b375")], bottom=520)
    e.hill(
        s,
        [(-20, 470), (150, 400), (360, 450), (560, 500), (720, 519)],
        525,
        "#3a2350",
        shade="#6b3a5c",
    )
    e.hill(
        s,
        [(900, 519), (1080, 480), (1300, 420), (1480, 380), (1640, 420)],
        525,
        "#3a2350",
        shade="#6b3a5c",
    )
    s.gradient([(0, "#efa873"), (0.12, "#b85f68"), (0.5, "#4a305f"), (1, "#15173a")], top=520)
    e.ripples(s, 525, 990, "#f3b98a", 110, alpha=0.28)
    for side, colour, lamp in ((-1, "#b5303a", "#ff7a5c"), (1, "#1d6a5e", "#7be3b0")):
        for i in range(5):
            near = 0.13 * 1.72**i
            x, y = 800 + side * 610 * near, 530 + 290 * near
            s.glow(x, y - 148 * near, 130 * near + 30, lamp, 0.85)
            e.light_path(s, x, y + 4, y + 160 * near + 14, lamp, wide=36 * near, count=6)
            e.buoy(s, x, y, near * 1.05, colour, "#ffe9c9")
    e.container_ship(s, 740, 530, 0.13, "#1d1733", "#1d1733", ["#2a1f40", "#3a2648"], "#2a1f40")
    s.oval(800, 494, 3, 3, "#ffe9c9")
    s.glow(800, 494, 26, "#ffe9c9", 0.9)


@scene
def ferry_tied_up(s: Sheet) -> None:
    s.gradient([(0, "#b9c9c8"), (0.7, "#dfe0d2"), (1, "#eee6d2")], bottom=600)
    e.hill(
        s,
        [(-20, 520), (260, 470), (560, 500), (900, 440), (1250, 490), (1640, 450)],
        620,
        "#a9bcba",
    )
    e.hill(s, [(-20, 575), (400, 540), (800, 570), (1200, 530), (1640, 565)], 640, "#8fa8a8")
    s.gradient([(0, "#b3c6c4"), (1, "#6d9094")], top=600)
    e.ripples(s, 610, 900, "#e7e5d6", 90, alpha=0.5)
    s.cut(
        [(150, 560), (1262, 560), (1322, 536), (1272, 742), (210, 742)],
        "#22506b",
        lift=10,
        shade="#143448",
    )
    s.cut([(158, 590), (1308, 590), (1322, 536), (1262, 560), (152, 560)], "#e8b23f")
    s.cut(
        [(230, 560), (230, 420), (1120, 420), (1190, 560)],
        "#f5efe0",
        lift=5,
        shade="#d3cdbb",
        toward="left",
    )
    s.cut(
        [(330, 420), (330, 330), (960, 330), (1010, 420)],
        "#f5efe0",
        lift=4,
        shade="#d9d3c1",
        toward="left",
    )
    s.cut([(820, 330), (840, 268), (980, 268), (1004, 330)], "#f5efe0", lift=4)
    s.cut([(850, 284), (968, 284), (982, 314), (850, 314)], "#2a3c4c")
    for x in range(262, 1130, 58):
        s.box(x, 468, 34, 34, "#2f5d73")
    for x in range(360, 940, 58):
        s.box(x, 362, 34, 26, "#2f5d73")
    s.cut(
        [(470, 330), (490, 226), (620, 226), (610, 330)],
        "#c8553d",
        lift=5,
        shade="#8f3530",
        toward="left",
    )
    s.cut([(487, 240), (491, 222), (621, 222), (619, 240)], "#22323f")
    s.cut([(-10, 1010), (-10, 800), (1610, 742), (1610, 1010)], "#5b5a55", lift=14, shade="#3d3d3d")
    for x in (180, 560, 940, 1320):
        y = 842 - x * 0.036
        s.cut([(x - 30, y + 74), (x - 24, y), (x + 24, y), (x + 30, y + 74)], "#23272d", lift=7)
        s.oval(x, y, 34, 13, "#353b43")
    for a, b in ((180, 560), (560, 940), (940, 1320)):
        y1, y2 = 870 - a * 0.036, 870 - b * 0.036
        chain = smooth([(a, y1), ((a + b) / 2, y1 + 66), (b, y2)], closed=False, steps=10)
        for i, (px, py) in enumerate(chain):
            s.oval(px, py, 13, 7 if i % 2 else 10, "#e2742f", turn=25 if i % 2 else -15)
    s.line([(330, 668), (205, 838)], "#e8dfc6", 7)
    s.line([(1240, 640), (1320, 800)], "#e8dfc6", 7)
    e.gull(s, 1390, 240, 50, "#f8f4e8", tilt=-10)
    e.gull(s, 1490, 330, 32, "#f8f4e8", tilt=12)


@scene
def cranes_at_dawn(s: Sheet) -> None:
    s.gradient([(0, "#f0d2a8"), (0.45, "#f3b27e"), (1, "#dd7a63")], bottom=760)
    for r, c in ((430, "#f4bd86"), (330, "#f6ca92"), (230, "#f8d8a4")):
        s.oval(560, 600, r, r, c)
    s.oval(560, 600, 135, 135, "#fdf0cd")
    e.hill(
        s,
        [(-20, 690), (200, 650), (520, 680), (820, 640), (1180, 680), (1640, 630)],
        780,
        "#b8616a",
    )
    for x, high, c in ((1230, 330, "#93485f"), (1010, 380, "#7d3c5a"), (740, 440, "#652f52")):
        e.crane(s, x - 360, 742, high, c, boom_up=True)
    s.box(-10, 735, 1620, 40, "#4a2446")
    e.crane(s, 110, 752, 560, "#2b1a3a", boom_up=True, lift=6)
    e.crane(s, 800, 752, 560, "#2b1a3a", lift=6)
    for i in range(24):
        x = -10 + i * 34
        for tier in range(s.random.choice([1, 2, 2, 3])):
            s.box(
                x, 736 - 20 - tier * 20, 32, 19, s.random.choice(["#3a2046", "#54284e", "#71344f"])
            )
    s.gradient([(0, "#c4666a"), (0.3, "#8a4a66"), (1, "#2b1a3a")], top=775)
    e.ripples(s, 782, 990, "#f3b27e", 60, alpha=0.35)
    e.light_path(s, 560, 782, 985, "#fbdba4", wide=120, count=15)
    for x, y, z in ((330, 210, 34), (420, 170, 24), (1290, 150, 30)):
        e.gull(s, x, y, z, "#6b3454", tilt=s.near(-15, 15))


@scene
def shore_power(s: Sheet) -> None:
    s.gradient([(0, "#f2e7cf"), (1, "#e9d8b4")])
    s.cut(
        [(700, -10), (1610, -10), (1610, 860), (830, 860), (740, 420)],
        "#1e4a5c",
        lift=18,
        shade="#0f2c3c",
        toward="right",
    )
    for row in range(3):
        for column in range(6):
            s.oval(
                960 + column * 105,
                180 + row * 120,
                24,
                24,
                "#f2cf85" if (row * 6 + column) % 4 else "#17374a",
            )
    s.cut(
        [(808, 690), (1610, 690), (1610, 880), (840, 880)],
        "#b8452f",
        shade="#7d2b2a",
        toward="right",
    )
    s.gradient([(0, "#2b6b74"), (1, "#123c4c")], top=860)
    e.ripples(s, 866, 995, "#8fc0b6", 40, alpha=0.45)
    s.cut([(-10, 780), (700, 780), (700, 1010), (-10, 1010)], "#6b6459", lift=12, shade="#4a453f")
    s.box(-10, 770, 716, 26, "#e3c48a")
    s.box(150, 430, 260, 350, "#f0b541", lift=12, shade="#c9852c", toward="right")
    s.box(176, 456, 208, 130, "#23313a")
    s.cut(
        [(290, 470), (236, 534), (276, 534), (258, 574), (324, 506), (284, 506), (306, 470)],
        "#f8e7b8",
    )
    for i in range(3):
        s.oval(206 + i * 74, 650, 26, 26, "#23313a")
        s.oval(206 + i * 74, 650, 10, 10, "#f0b541")
    for i, c in enumerate(("#d9482f", "#23313a", "#2f7f6c")):
        path = smooth(
            [
                (206 + i * 74, 660),
                (220 + i * 74, 760 - i * 10),
                (500 + i * 30, 742 - i * 34),
                (640 + i * 20, 560 - i * 46),
                (740 + i * 4, 470 - i * 52),
                (830, 430 - i * 58),
            ],
            closed=False,
            steps=18,
        )
        s.line([(x + 3, y + 7) for x, y in path], "#10202a", 17, 0.18)
        s.line(path, c, 17)
        s.box(812, 410 - i * 58, 60, 40, c, lift=5)
    e.gull(s, 520, 180, 46, "#2a3c4c", tilt=-14)
    e.gull(s, 610, 120, 30, "#2a3c4c", tilt=6)
