"""
What becomes of a flight's chances, as it is seen while it runs.

How many pages of a section there are, how many devices are small or in a country, which have seen
it often enough, who else stands on the page: nobody counts that, and nobody needs to. It shows in
how often devices choose a flight for as often as they were told to.
"""

from dataclasses import dataclass

# Weights of what is assumed before anything is seen. Reach 1: begin slowly, then catch up.
ASSUMED_REACH, REACH_WEIGHT = 1.0, 20.0
ASSUMED_SEEN, SEEN_WEIGHT = 0.6, 20.0
ASSUMED_CLICKED, CLICKED_WEIGHT = 0.003, 500.0
HALF_AS_MUCH_AFTER_SECONDS = 6 * 3600


@dataclass(frozen=True)
class Learnt:
    """
    told: chances times how likely devices were told to choose it. offered, visible, clicked: what
    they did. Sums in which older ones weigh less.
    """

    told: float = 0.0
    offered: float = 0.0
    visible: float = 0.0
    clicked: float = 0.0

    @property
    def reach(self) -> float:
        """Offered for each time that it was told to be."""
        assumed = ASSUMED_REACH * REACH_WEIGHT
        return (self.offered + assumed) / (self.told + REACH_WEIGHT)

    @property
    def seen(self) -> float:
        return (self.visible + ASSUMED_SEEN * SEEN_WEIGHT) / (self.offered + SEEN_WEIGHT)

    @property
    def clicks(self) -> float:
        """For each view."""
        assumed = ASSUMED_CLICKED * CLICKED_WEIGHT
        return (self.clicked + assumed) / (self.visible + CLICKED_WEIGHT)

    def after(
        self, *, seconds: float, told: float, offered: int, visible: int, clicked: int
    ) -> "Learnt":
        """With what happened in the last so many seconds."""
        kept = 0.5 ** (max(0.0, seconds) / HALF_AS_MUCH_AFTER_SECONDS)
        return Learnt(
            self.told * kept + told,
            self.offered * kept + offered,
            self.visible * kept + visible,
            self.clicked * kept + clicked,
        )


NOTHING_SEEN = Learnt()
