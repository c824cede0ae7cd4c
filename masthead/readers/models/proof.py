"""What somebody has to show before anything is done in their name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Proof(models.Model):
    """
    One question to an address: is it yours, and did you ask for this?

    secret_hash: of the link's secret, or of the code and the browser it was asked for in; the
    secret itself is in the mail alone. intents: what is carried out when it is answered, each
    {"name", "words", "data"} (see `readers.intents`); words are exactly those that were shown.
    reader: known only where somebody signed in asks. tries: wrong codes so far.
    """

    class Kind(models.TextChoices):
        LINK = "link", _("Link")
        CODE = "code", _("Code")

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    secret_hash = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=254)
    intents = models.JSONField(default=list)
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reader = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.CASCADE, related_name="+"
    )
    place = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["address", "-asked_at"], name="proofs_of_address")]


class Forgotten(models.Model):
    """
    An address whose owner had everything erased and asked never to be written to again.

    Only a keyed hash is kept, so that nobody can read from it who that was.
    """

    address_hash = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
