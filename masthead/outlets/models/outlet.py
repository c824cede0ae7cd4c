"""The news title itself: its name, look, language, domains and accounts elsewhere."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page

from masthead.core.ids import uuid7
from masthead.outlets.choices import (
    RelatedFrom,
    Typeface,
    language_choices,
    network_choices,
    timezone_choices,
)
from masthead.outlets.models.addressed import (
    RESERVED_BESIDE,
    outlet_url_parts,
    refuse_reserved_slug,
)
from masthead.outlets.networks import NETWORKS, BadAccount, account_from, profile_url

colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, e.g. #9b1c31.")
)


class Outlet(Page):
    """
    One news title. As a page it is the root of its sections; `title` is its name.

    Its draft can be tried in previews; what readers see is `OutletSheet`, written on publish.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    wordmark = models.CharField(
        _("wordmark"),
        max_length=80,
        blank=True,
        help_text=_("How the name is set at the top of pages; empty: the name itself."),
    )
    logo = models.ForeignKey(
        "pictures.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Shown instead of the wordmark."),
    )
    accent = models.CharField(_("accent"), max_length=7, default="#9b1c31", validators=[colour])
    accent_dark = models.CharField(
        _("accent in the dark look"), max_length=7, default="#e8707f", validators=[colour]
    )
    paper = models.CharField(_("paper"), max_length=7, default="#fdfcfa", validators=[colour])
    paper_dark = models.CharField(
        _("paper in the dark look"), max_length=7, default="#14120f", validators=[colour]
    )
    reading_face = models.CharField(
        _("typeface for reading"),
        max_length=12,
        choices=Typeface.choices,
        default=Typeface.NEWSREADER,
    )
    headline_face = models.CharField(
        _("typeface for headlines"),
        max_length=12,
        choices=Typeface.choices,
        default=Typeface.NEWSREADER,
    )
    language = models.CharField(
        _("language"), max_length=12, choices=language_choices, default="en"
    )
    timezone = models.CharField(
        _("time zone"), max_length=60, choices=timezone_choices, default="UTC"
    )
    related_from = models.CharField(
        _("related articles from"),
        max_length=8,
        choices=RelatedFrom.choices,
        default=RelatedFrom.NETWORK,
        help_text=_("Where the articles that stand below this title's articles may come from."),
    )
    contact_email = models.EmailField(_("address for readers"), blank=True)
    legal_name = models.CharField(_("legal name of the publisher"), max_length=200, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)

    @classmethod
    def get_edit_handler(cls) -> Any:
        from masthead.outlets.editor import outlet_edit_handler

        return outlet_edit_handler()

    def clean(self) -> None:
        super().clean()
        refuse_reserved_slug(self, taken=RESERVED_BESIDE)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        return outlet_url_parts(self)

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        from masthead.outlets.previews import preview_outlet

        return preview_outlet(self)

    private_page_options: list[str] = []  # readers' pages know members, not passwords
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["outlets.Section", "outlets.PlainPage"]
    exclude_fields_in_copy = ["public_id", "domains"]

    def __str__(self) -> str:
        return str(self.title)


class Domain(Orderable):
    """A host name of an outlet; the first is the one that canonical links use."""

    outlet = ParentalKey(Outlet, on_delete=models.CASCADE, related_name="domains")
    host = models.CharField(
        _("host name"),
        max_length=253,
        unique=True,
        validators=[
            RegexValidator(
                r"^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$",
                _("Write the host name alone, in small letters, e.g. courier.example."),
            )
        ],
    )

    def clean(self) -> None:
        super().clean()
        if self.host in settings.NETWORK_HOSTS:
            raise ValidationError(
                {"host": _("That is the network's own address; all titles are below it.")}
            )

    def __str__(self) -> str:
        return self.host


class FollowLink(Orderable):
    """An account of an outlet on one of the networks in `networks.toml`."""

    outlet = ParentalKey(Outlet, on_delete=models.CASCADE, related_name="follow_links")
    network = models.CharField(_("network"), max_length=20, choices=network_choices)
    account = models.CharField(
        _("account"),
        max_length=200,
        blank=True,
        help_text=_("The account's name there, or paste the address of its page."),
    )

    class Meta(Orderable.Meta):
        constraints: list[Any] = [
            models.UniqueConstraint(fields=["outlet", "network"], name="one_account_per_network")
        ]

    def clean(self) -> None:
        super().clean()
        try:
            self.account = account_from(NETWORKS[self.network], self.account)
            profile_url(NETWORKS[self.network], self.account)
        except BadAccount as error:
            raise ValidationError({"account": str(error)}) from error

    def __str__(self) -> str:
        return f"{self.network}: {self.account}"
