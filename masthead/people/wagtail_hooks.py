"""Authors in the desk: their list, their form, the chooser that bylines use."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView, chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from masthead.accounts.own_files import OwnFilesForm
from masthead.accounts.queries import outlet_pages_for
from masthead.people.actions import keep_former_address, note_author
from masthead.people.forms import AuthorForm
from masthead.people.models import Author
from masthead.people.rules import NetworkRecords

register_permission_policy(Author, NetworkRecords(Author))


class AuthorIndex(IndexView):
    def get_base_queryset(self) -> QuerySet[Author]:
        authors: QuerySet[Author] = super().get_base_queryset()
        return authors.select_related("user").prefetch_related("outlets")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for author in context["object_list"]:
            author.outlet_names = ", ".join(outlet.title for outlet in author.outlets.all())
        return context


def only_outlet_of(user: Any) -> list[Page]:
    """Where somebody adds authors who has to do with one title alone; else nothing is guessed."""
    outlets = list(outlet_pages_for(user)[:2])
    return outlets if len(outlets) == 1 else []


class CreateAuthor(CreateView):
    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        return initial | {"outlets": [each.pk for each in only_outlet_of(self.request.user)]}

    def save_instance(self) -> Author:
        """Somebody who writes for an outlet has a page there before the first article."""
        author: Author = super().save_instance()
        note_author(author_id=author.pk, is_elsewhere=True, at=timezone.now())
        return author


class EditAuthor(EditView):
    def save_instance(self) -> Author:
        """In the view's transaction, so that no new address stands without the way to it."""
        before = Author.objects.only("slug").get(pk=self.object.pk)
        outlets_before = set(before.outlets.values_list("pk", flat=True))
        author: Author = super().save_instance()
        keep_former_address(author=author, former_slug=before.slug, at=timezone.now())
        is_elsewhere = before.slug != author.slug
        is_elsewhere |= outlets_before != set(author.outlets.values_list("pk", flat=True))
        note_author(author_id=author.pk, is_elsewhere=is_elsewhere, at=timezone.now())
        return author


class AuthorViews(ModelViewSet):
    model = Author
    name = "authors"
    icon = "user"
    menu_label = _("Authors")
    menu_name = "authors"
    menu_order = 40
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = AuthorIndex
    add_view_class = CreateAuthor
    edit_view_class = EditAuthor
    ordering = ["name", "pk"]
    search_fields = ["name", "role"]
    search_backend_name = None
    list_display = [
        "byline",
        Column("role", label=_("Role")),
        Column("outlet_names", label=_("Writes for")),
        Column("user", label=_("Signs in as")),
    ]
    list_filter = ["is_shared"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", targets=["slug"], heading=_("Name"), placeholder=_("Name")),
            FieldPanel("post_nominals"),
            FieldPanel("slug"),
            FieldPanel("is_shared"),
            FieldPanel("role"),
            FieldPanel("biography"),
            FieldPanel("portrait"),
            InlinePanel("links", heading=_("Pages elsewhere"), label=_("Page")),
            MultiFieldPanel(
                [FieldPanel("user"), FieldPanel("outlets")],
                heading=_("In the newsroom"),
                help_text=_("With a user, this byline is set on every new article they begin."),
            ),
        ],
        base_form_class=OwnFilesForm,
    )


class AuthorFromByline(chooser.CreateView):
    def save_form(self, form: Any) -> Author:
        """Of the title of whoever writes the byline, as on the authors' own screen."""
        with transaction.atomic():
            author: Author = super().save_form(form)
            author.outlets.set(each.pk for each in only_outlet_of(self.request.user))
            note_author(author_id=author.pk, is_elsewhere=True, at=timezone.now())
        return author


class AuthorChooser(ChooserViewSet):
    model = Author
    create_view_class = AuthorFromByline
    icon = "user"
    choose_one_text = _("Choose an author")
    choose_another_text = _("Choose another author")
    edit_item_text = _("Edit this author")
    creation_form_class = AuthorForm
    create_action_label = _("Add author")
    creation_tab_label = _("New author")


@hooks.register("register_admin_viewset")
def author_views() -> AuthorViews:
    return AuthorViews("authors")


@hooks.register("register_admin_viewset")
def author_chooser() -> AuthorChooser:
    return AuthorChooser("author_chooser")
