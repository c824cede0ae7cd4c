"""Why a request brought nothing."""


class OutboundError(Exception):
    """
    A request that brought nothing; the text is a sentence for a person.

    may_have_arrived: whether the other machine may have been asked, so that asking again could do
    the same thing twice.
    """

    may_have_arrived = False


class Refused(OutboundError):
    """We do not call such an address. Asking again will not help."""


class TooLarge(OutboundError):
    """The answer is longer than was asked for. Asking again will not help."""


class TooSlow(OutboundError):
    """The time was over before the answer was complete."""


class Unreachable(OutboundError):
    """The name, the connection, the certificate or the answer failed."""
