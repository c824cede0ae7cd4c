"""The article as the newsroom writes it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable, Page, Revision
from wagtail.search import index

from masthead.articles.acting import acting
from masthead.articles.blocks import ArticleBody
from masthead.core.fields import BodyField
from masthead.core.ids import uuid7
from masthead.outlets.models.addressed import outlet_url_parts


class Kind(models.TextChoices):
    REPORT = "report", _("Report")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    EXPLAINER = "explainer", _("Explainer")
    INTERVIEW = "interview", _("Interview")
    REVIEW = "review", _("Review")
    LETTERS = "letters", _("Letters")
    SPONSORED = "sponsored", _("Sponsored")


class Access(models.TextChoices):
    OPEN = "open", _("Everybody")
    MEMBERS = "members", _("Members")


class Topic(index.Indexed, models.Model):
    """What articles are about, across outlets."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True, allow_unicode=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    uri = models.URLField(
        _("address in a shared vocabulary"),
        blank=True,
        help_text=_("e.g. the IPTC Media Topics address of the same subject."),
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    def __str__(self) -> str:
        return self.name


class ArticlePage(Page):
    """
    One article. `title` is the headline.

    What readers see is never read from here but from `PublishedArticle`, written on release.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    short_headline = models.CharField(
        _("headline for fronts"),
        max_length=120,
        blank=True,
        help_text=_("Empty: the headline itself."),
    )
    social_headline = models.CharField(
        _("headline for sharing"),
        max_length=120,
        blank=True,
        help_text=_("Empty: the headline itself."),
    )
    kicker = models.CharField(
        _("kicker"), max_length=60, blank=True, help_text=_("A word or two above the headline.")
    )
    standfirst = models.TextField(_("standfirst"), blank=True, max_length=400)
    dateline = models.CharField(
        _("dateline"), max_length=80, blank=True, help_text=_("The place it was reported from.")
    )
    kind = models.CharField(
        _("kind of work"), max_length=12, choices=Kind.choices, default=Kind.REPORT
    )
    sponsor_name = models.CharField(_("sponsor"), max_length=120, blank=True)
    sponsor_url = models.URLField(_("sponsor's address"), blank=True)
    access = models.CharField(
        _("who may read it"), max_length=8, choices=Access.choices, default=Access.OPEN
    )
    without_advertising = models.BooleanField(
        _("without advertising"),
        default=False,
        help_text=_("For what should not stand beside advertising: deaths, accidents, victims."),
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    lead_picture = models.ForeignKey(
        "pictures.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    lead_caption = models.TextField(
        _("caption"), blank=True, help_text=_("Empty: the picture's own caption.")
    )
    body = BodyField(ArticleBody(), blank=True, verbose_name=_("text"))
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)

    # Not at every save, as Wagtail would: autosave saves every few seconds (`search.desk_index`).
    search_auto_update = False
    search_fields = [
        *Page.search_fields,
        index.SearchField("draft_title"),
        index.AutocompleteField("draft_title"),
        index.FilterField("kind"),
    ]

    private_page_options: list[str] = []  # readers' pages know members, not passwords
    parent_page_types = ["outlets.Section"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    exclude_fields_in_copy = ["public_id", "withdrawn_reason"]

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """Wagtail's publish and everything that reacts to its signal, in one transaction."""
        with transaction.atomic(), acting(user):
            super().publish(revision, user=user, **kwargs)

    def unpublish(self, user: Any = None, **kwargs: Any) -> None:
        """Wagtail's unpublish and everything that reacts to its signal, in one transaction."""
        with transaction.atomic(), acting(user):
            super().unpublish(user=user, **kwargs)

    @classmethod
    def get_edit_handler(cls) -> Any:
        from masthead.articles.editor import article_edit_handler

        return article_edit_handler()

    def with_content_json(self, content: dict[str, Any]) -> "ArticlePage":
        """A draft from before a withdrawal does not know its reason; readers are told the row's."""
        draft: ArticlePage = super().with_content_json(content)
        draft.withdrawn_reason = self.withdrawn_reason
        return draft

    def clean(self) -> None:
        """Say which field is wrong before a release says it to readers."""
        super().clean()
        # As the section itself the page says its name of today, whatever it is called later.
        if self.kicker and self.depth and self.kicker == self.get_parent().title:
            self.kicker = ""
        if self.kind == Kind.SPONSORED and not self.sponsor_name:
            raise ValidationError(
                {"sponsor_name": _("Name the sponsor: readers must see who paid.")}
            )

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        return outlet_url_parts(self)

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        from masthead.articles.previews import preview_article

        return preview_article(page=self, request=request, mode=mode_name)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        from masthead.articles.previews import article_preview_modes

        return article_preview_modes()


class ArticleAuthor(Orderable):
    """One name in an article's byline, in order."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="article_authors")
    author = models.ForeignKey(
        "people.Author", on_delete=models.PROTECT, related_name="+", verbose_name=_("author")
    )

    class Meta(Orderable.Meta):
        constraints: list[Any] = [
            models.UniqueConstraint(fields=["article", "author"], name="author_once_per_article")
        ]

    def __str__(self) -> str:
        return str(self.author)
