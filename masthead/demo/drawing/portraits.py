"""Eight heads in cut paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from masthead.demo.drawing.catalogue import SCENES
from masthead.demo.drawing.paper import Point, Sheet, arc, ellipse, mix, smooth


@dataclass(frozen=True)
class Sitter:
    ground: str
    disc: str
    skin: str
    hair: str
    coat: str
    collar: str
    style: str
    glasses: str = ""
    beard: bool = False
    earrings: str = ""


SITTERS = {
    "mara-okafor": Sitter(
        "#e3b26a",
        "#efcf94",
        "#6b4230",
        "#1d1518",
        "#23404c",
        "#f6efdc",
        "crown",
        earrings="#f0b541",
    ),
    "tomas-lindqvist": Sitter(
        "#8fb8b8",
        "#b9d6cf",
        "#e9bd9b",
        "#c9b083",
        "#2b4a5c",
        "#e2742f",
        "short",
        "#2a2a35",
        beard=True,
    ),
    "ines-varga": Sitter("#c8614a", "#dd8766", "#d9a27c", "#3a211c", "#e9dcb9", "#23404c", "bob"),
    "ciaran-mottershead": Sitter(
        "#5d7d6b", "#86a48c", "#efc7a8", "#a5502f", "#33364a", "#f6efdc", "side", "#6b3a26"
    ),
    "nadia-ferrimond": Sitter(
        "#d8a0a0", "#e9c2b8", "#b97f5a", "#241a20", "#2f7f6c", "#f0d9a0", "long", earrings="#f6efdc"
    ),
    "ruth-adeyemi": Sitter(
        "#3f7f8c",
        "#6aa5ac",
        "#4f3026",
        "#8f8a86",
        "#1d2b45",
        "#f0b541",
        "cropped",
        earrings="#e3c48a",
    ),
    "hanne-skarre": Sitter(
        "#e6cfa0", "#f2e3bf", "#e3b48f", "#e0c074", "#b8452f", "#f6efdc", "plait"
    ),
    "wen-castellane": Sitter(
        "#7d6f94", "#a397b3", "#dfb38c", "#1f1c26", "#e0a234", "#33243a", "fringe", "#33243a"
    ),
}

BEHIND: dict[str, list[Point]] = {
    "bob": [
        (200, 250),
        (215, 150),
        (300, 105),
        (385, 150),
        (402, 250),
        (412, 372),
        (350, 392),
        (250, 392),
        (188, 372),
    ],
    "long": [
        (196, 260),
        (212, 150),
        (300, 102),
        (392, 150),
        (408, 270),
        (432, 430),
        (452, 540),
        (150, 540),
        (170, 430),
    ],
    "plait": [(206, 250), (220, 158), (300, 112), (382, 158), (398, 250), (384, 330), (216, 330)],
    "fringe": [(198, 250), (212, 148), (300, 104), (390, 148), (404, 250), (398, 350), (204, 350)],
}
FRONT: dict[str, list[Point]] = {
    "crown": [
        (206, 232),
        (176, 150),
        (216, 74),
        (300, 44),
        (386, 74),
        (426, 150),
        (396, 232),
        (376, 178),
        (300, 156),
        (226, 178),
    ],
    "short": [
        (208, 244),
        (204, 168),
        (250, 112),
        (330, 102),
        (392, 148),
        (394, 244),
        (380, 192),
        (330, 162),
        (262, 172),
        (222, 196),
    ],
    "bob": [
        (206, 270),
        (206, 160),
        (300, 108),
        (392, 160),
        (398, 270),
        (378, 216),
        (336, 168),
        (268, 206),
        (224, 222),
    ],
    "side": [
        (208, 240),
        (196, 160),
        (246, 106),
        (340, 98),
        (398, 150),
        (394, 240),
        (378, 186),
        (290, 176),
        (240, 186),
        (222, 206),
    ],
    "long": [
        (208, 300),
        (204, 170),
        (300, 106),
        (396, 170),
        (394, 300),
        (372, 214),
        (304, 150),
        (232, 214),
    ],
    "cropped": [
        (212, 226),
        (212, 158),
        (254, 118),
        (300, 108),
        (346, 118),
        (390, 158),
        (390, 226),
        (376, 182),
        (300, 158),
        (226, 182),
    ],
    "plait": [
        (208, 250),
        (206, 168),
        (300, 108),
        (394, 168),
        (394, 250),
        (366, 190),
        (300, 150),
        (236, 190),
    ],
    "fringe": [
        (204, 262),
        (204, 156),
        (300, 106),
        (396, 156),
        (398, 262),
        (388, 232),
        (340, 224),
        (300, 230),
        (260, 224),
        (214, 232),
    ],
}


def _draw(s: Sheet, who: Sitter) -> None:
    s.gradient([(0, who.ground), (1, mix(who.ground, "#1a1a2a", 0.12))])
    s.oval(300, 300, 236, 236, who.disc, lift=5)
    if who.style in BEHIND:
        s.cut(smooth(BEHIND[who.style]), mix(who.hair, "#0b0b14", 0.18), lift=6)
    _body(s, who)
    _head(s, who)
    if who.style == "plait":
        for k in range(6):
            s.oval(
                398 - k * 4,
                300 + k * 34,
                24 - k,
                23,
                mix(who.hair, "#6b4a1f", (k % 2) * 0.18),
                turn=30,
                lift=3,
            )
    _face(s, who)


def _body(s: Sheet, who: Sitter) -> None:
    s.cut(
        smooth(
            [
                (60, 640),
                (84, 520),
                (170, 462),
                (250, 436),
                (350, 436),
                (430, 462),
                (516, 520),
                (540, 640),
            ]
        ),
        who.coat,
        lift=10,
        shade=mix(who.coat, "#0b0b14", 0.5),
        toward="right",
    )
    neck = mix(who.skin, "#3a1420", 0.2)
    s.cut(
        [
            (252, 340),
            (348, 340),
            (352, 440),
            *smooth([(352, 440), (300, 486), (248, 440)], closed=False),
        ],
        neck,
        lift=3,
    )
    s.cut([(246, 430), (300, 492), (258, 560), (196, 462)], who.collar, lift=5)
    s.cut(
        [(354, 430), (300, 492), (342, 560), (404, 462)], mix(who.collar, "#1a1a2a", 0.12), lift=5
    )


def _head(s: Sheet, who: Sitter) -> None:
    for x in (208, 392):
        s.oval(x, 268, 19, 28, mix(who.skin, "#3a1420", 0.12), lift=2)
    face = smooth(
        [
            (300, 128),
            (366, 148),
            (394, 214),
            (390, 290),
            (358, 354),
            (300, 388),
            (242, 354),
            (210, 290),
            (206, 214),
            (234, 148),
        ]
    )
    s.cut(face, who.skin, lift=7)
    right = smooth(
        [
            (306, 128),
            (366, 148),
            (394, 214),
            (390, 290),
            (358, 354),
            (302, 388),
            (318, 330),
            (304, 300),
            (330, 292),
            (306, 226),
            (318, 180),
        ]
    )
    s.cut(right, mix(who.skin, "#5a1c22", 0.17))
    if who.beard:
        beard = smooth(
            [
                (208, 276),
                (230, 310),
                (262, 318),
                (300, 308),
                (338, 318),
                (370, 310),
                (394, 276),
                (384, 350),
                (346, 402),
                (300, 416),
                (254, 402),
                (218, 350),
            ]
        )
        s.cut(beard, mix(who.hair, "#8f6a3f", 0.2), lift=4)
    s.cut(
        smooth(FRONT[who.style]),
        who.hair,
        lift=5,
        shade=mix(who.hair, "#ffffff", 0.12),
        toward="left",
    )
    if who.earrings:
        for x in (206, 394):
            s.oval(x, 306, 10, 10, who.earrings, lift=2)


def _face(s: Sheet, who: Sitter) -> None:
    ink = mix(who.skin, "#140c12", 0.82)
    for x in (256, 344):
        s.cut(ellipse(x, 252, 8, 9.5), ink)
        s.oval(x - 2.5, 248.5, 2.4, 2.4, "#fdf6e6")
        out = 1 if x > 300 else -1
        brow = smooth([(x + out * 25, 229), (x + out * 6, 217), (x - out * 20, 219)], closed=False)
        s.line(brow, mix(who.hair, ink, 0.55), 7)
    if who.glasses:
        for x in (256, 344):
            s.line(arc(x, 254, 33, 0, 360), who.glasses, 6)
        s.line([(289, 250), (311, 250)], who.glasses, 6)
    lips = mix(who.skin, "#8c2030", 0.55)
    s.cut(
        [
            *smooth([(266, 332), (286, 330), (300, 333), (314, 330), (334, 332)], closed=False),
            *smooth([(334, 332), (300, 356), (266, 332)], closed=False),
        ],
        lips,
    )


def _scene(who: Sitter) -> Callable[[Sheet], None]:
    return lambda sheet: _draw(sheet, who)


SCENES.update({f"portrait-{slug}": _scene(who) for slug, who in SITTERS.items()})
