"""Whether the database has been without a break since a sender began."""

from django.db import models

from masthead.newsletters.models.edition import Edition


class Unbroken(models.Model):
    """
    Written when a sender takes an edition's lease, with its fence.

    On PostgreSQL the table is UNLOGGED: it is empty after a power cut, after any crash of the
    server and on a standby that took over – just when the commits that did not wait for the disk
    may be gone. So the next sender that finds no row of the one before trusts none of its marks.
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    fence = models.PositiveBigIntegerField()
