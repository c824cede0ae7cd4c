"""Where a reader was written to before."""

from django.db import models

from masthead.readers.models.reader import Reader


class FormerAddress(models.Model):
    """
    An address that was a reader's until then.

    Kept for one reason: what was sent there is theirs as well, when they ask for all that is held
    of them or have it erased; it goes with them.
    """

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="former_addresses")
    address = models.CharField(max_length=254)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address"], name="former_addresses")]
