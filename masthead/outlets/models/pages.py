"""The pages below an outlet that are not articles."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from masthead.core.ids import uuid7
from masthead.outlets.models.addressed import outlet_url_parts, refuse_reserved_slug
from masthead.outlets.page_forms import AddressedPageForm


class Section(Page):
    """Where articles live, e.g. “City Hall”; may hold sections of its own, one level down."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    description = models.CharField(_("description"), max_length=300, blank=True)
    in_navigation = models.BooleanField(_("in the navigation bar"), default=True)
    without_advertising = models.BooleanField(
        _("without advertising"),
        default=False,
        help_text=_("None on its page, and none beside its articles."),
    )
    half_life_days = models.PositiveSmallIntegerField(
        _("days until its articles are half as new"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_(
            "How fast its older articles give way to newer ones among related articles:"
            " some 14 for daily news, 365 for features and guides."
        ),
    )

    base_form_class = AddressedPageForm
    content_panels = [
        TitleFieldPanel(
            "title", heading=_("Name"), placeholder=_("Name"), help_text=_("As readers see it.")
        ),
        FieldPanel("slug", heading=_("Address")),
        FieldPanel("description"),
        FieldPanel("in_navigation"),
        FieldPanel("half_life_days"),
        FieldPanel("without_advertising"),
    ]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    private_page_options: list[str] = []  # readers' pages know members, not passwords
    parent_page_types = ["outlets.Outlet", "outlets.Section"]
    subpage_types = ["outlets.Section", "articles.ArticlePage"]
    exclude_fields_in_copy = ["public_id"]

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Sections are nested once: network, outlet, section, section."""
        return super().can_create_at(parent) and parent.depth <= 3

    def clean(self) -> None:
        super().clean()
        refuse_reserved_slug(self)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        return outlet_url_parts(self)


class PlainPage(Page):
    """About, ethics, ownership, contact: pages that stand outside the news."""

    class Purpose(models.TextChoices):
        ABOUT = "about", _("About")
        ETHICS = "ethics", _("Ethics")
        OWNERSHIP = "ownership", _("Ownership and funding")
        CONTACT = "contact", _("Contact")
        OTHER = "other", _("Other")

    # Null: of before pages had ids.
    public_id = models.UUIDField(default=uuid7, unique=True, null=True, editable=False)
    purpose = models.CharField(
        _("purpose"), max_length=12, choices=Purpose.choices, default=Purpose.OTHER
    )
    text = RichTextField(
        _("text"),
        features=["h2", "h3", "bold", "italic", "link", "ol", "ul", "hr", "document-link"],
    )

    base_form_class = AddressedPageForm
    content_panels = [
        TitleFieldPanel("title", help_text=_("As readers see it.")),
        FieldPanel("slug", heading=_("Address")),
        FieldPanel("purpose"),
        FieldPanel("text"),
        FieldPanel(
            "search_description",
            heading=_("Description for search"),
            help_text=_("What search engines may show below the title."),
        ),
    ]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    private_page_options: list[str] = []  # readers' pages know members, not passwords
    parent_page_types = ["outlets.Outlet"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["public_id"]

    def clean(self) -> None:
        super().clean()
        refuse_reserved_slug(self)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        return outlet_url_parts(self)
