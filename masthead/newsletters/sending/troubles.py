"""What keeps an edition from going out, in a sentence for the desk."""


class Trouble(Exception):
    """The edition waits for a person; the text says why."""


class LeaseLost(Exception):
    """Somebody else has the edition, or it was paused or stopped; nothing more is to be given."""


class Outdated(LeaseLost):
    """Something in the edition's copies was withdrawn; nothing more of them is to be given."""
