"""Why something is not sold so."""


class AdsRefusal(Exception):
    """It is not done, and the text says why to a person."""


class NotAllowed(AdsRefusal):
    """Not by this person."""
