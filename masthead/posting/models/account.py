"""An outlet's account on a network, with the keys to it."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.accounts.sealing import seal, unseal
from masthead.core.ids import uuid7
from masthead.posting.terms import Terms, network_choices, terms_of


class Mode(models.TextChoices):
    AUTO = "auto", _("Post by itself")
    ASK = "ask", _("Ask me first")
    OFF = "off", _("Only when an article asks for it")


class Account(models.Model):
    """
    One account of one outlet. Its secrets are sealed: a copy of the database alone posts nothing.

    kinds, sections: what it posts; empty means all of them. known: what the network has told of
    the account, e.g. its number there. trouble: why it cannot post until a person mends it.
    renewal_trouble: why its keys, which end one day, could not be renewed.
    documents_since: from when on each released article is kept there as a record for programs.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    network = models.CharField(_("network"), max_length=20, choices=network_choices)
    handle = models.CharField(_("account"), max_length=200)
    server = models.CharField(_("server"), max_length=300, blank=True)
    sealed = models.TextField(blank=True, editable=False)
    mode = models.CharField(_("when"), max_length=4, choices=Mode.choices, default=Mode.ASK)
    kinds = models.JSONField(default=list, blank=True)
    sections = models.JSONField(default=list, blank=True)
    known = models.JSONField(default=dict, editable=False)
    budget_cents = models.PositiveIntegerField(_("budget a month in cents"), default=0)
    trouble = models.CharField(max_length=300, blank=True, editable=False)
    renew_at = models.DateTimeField(null=True, editable=False)
    keys_end_at = models.DateTimeField(null=True, editable=False)
    renewal_trouble = models.CharField(max_length=300, blank=True, editable=False)
    documents_since = models.DateTimeField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    removed_at = models.DateTimeField(null=True, editable=False)
    connected_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "network", "handle", "server"],
                condition=models.Q(removed_at=None),
                name="account_connected_once",
            ),
            models.UniqueConstraint(
                fields=["outlet"],
                condition=models.Q(documents_since__isnull=False, removed_at=None),
                name="documents_kept_on_one_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.handle}"

    @property
    def terms(self) -> Terms:
        return terms_of(self.network)

    @property
    def label(self) -> str:
        return self.terms.label

    @property
    def keeps_documents(self) -> bool:
        return self.documents_since is not None

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    @property
    def secrets(self) -> dict[str, Any]:
        """In clear. Raises SealedByAnotherKey."""
        found: dict[str, Any] = json.loads(unseal(self.sealed)) if self.sealed else {}
        return found

    def keep_secrets(self, secrets: dict[str, Any]) -> None:
        self.sealed = seal(json.dumps(secrets))
