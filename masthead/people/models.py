"""Who wrote it: people with a byline, with or without a user; shared bylines."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from masthead.core.ids import uuid7
from masthead.core.text import free_slug, short_slug
from masthead.people.bylines import printed_name


class Author(index.Indexed, ClusterableModel):
    """A byline. A shared one ("Courier staff") stands for the newsroom, not for a person."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text=_("Empty: made from the name."),
    )
    is_shared = models.BooleanField(
        _("shared byline"),
        default=False,
        help_text=_("A newsroom's byline such as “Courier staff”, not one person's."),
    )
    post_nominals = models.CharField(
        _("letters after the name"), max_length=60, blank=True, help_text=_("e.g. PhD, MBA")
    )
    role = models.CharField(_("role"), max_length=120, blank=True)
    biography = RichTextField(_("biography"), blank=True, features=["bold", "italic", "link"])
    portrait = models.ForeignKey(
        "pictures.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("portrait"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        verbose_name=_("user"),
    )
    outlets = models.ManyToManyField(
        "outlets.Outlet",
        blank=True,
        related_name="+",
        verbose_name=_("writes for"),
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    def clean(self) -> None:
        """An address left empty is made from the name, whether or not the browser's script ran."""
        super().clean()
        if not self.slug:
            self.slug = self.free_slug()

    def free_slug(self) -> str:
        """The address made from the name; numbered when somebody of that name is there already."""
        wanted = short_slug(self.name)
        taken = Author.objects.filter(slug__startswith=wanted).exclude(pk=self.pk)
        return free_slug(wanted, set(taken.values_list("slug", flat=True)))

    @property
    def byline(self) -> str:
        """The name as printed, e.g. “Tomas Lindqvist, PhD”."""
        return printed_name(self.name, self.post_nominals)

    def __str__(self) -> str:
        return self.byline


class AuthorLink(Orderable):
    """A page of the author's own elsewhere."""

    author = ParentalKey(Author, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=60)
    url = models.URLField(_("address"))

    def __str__(self) -> str:
        return self.label
