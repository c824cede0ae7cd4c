"""Where readers find newsletters and editions, below an outlet."""

from masthead.newsletters.models import Edition, Newsletter

PREFIX = "newsletters/"
# What acts for one reader, or counts: the program answers it anew each time.
TO_APP = (f"{PREFIX}c/", f"{PREFIX}leave/")
# What stands beside the newsletters' own pages there.
TAKEN = frozenset(
    {"c", "join", "joined", "confirm", "leave", "left", "preferences", "feeds", "archive", "new"}
)


def newsletter_path(newsletter: Newsletter) -> str:
    return f"{PREFIX}{newsletter.slug}/"


def edition_path(edition: Edition) -> str:
    """
    Known before it is sent, because its copies lead there: by its public id, not its number.
    """
    return f"{newsletter_path(edition.newsletter)}{edition.public_id}/"
