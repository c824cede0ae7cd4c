"""The articles' own list in the desk, and what a new article begins with."""

from typing import Any

import django_filters
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.generic import EditView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import policy_registry, register_permission_policy

from masthead.articles.actions import keep_former_address, note_topic
from masthead.articles.models import ArticlePage, Kind, PublishedArticle, Topic
from masthead.articles.notes import place_notes
from masthead.outlets.addresses import note_bases
from masthead.outlets.models import Outlet, Section
from masthead.people.models import Author
from masthead.people.rules import NetworkRecords

register_permission_policy(Topic, NetworkRecords(Topic))

STATES = [
    ("draft", _("Draft")),
    ("review", _("At the copy desk")),
    ("scheduled", _("Scheduled")),
    ("live", _("Published")),
    ("withdrawn", _("Withdrawn")),
]


def _seen(model: type[Page]) -> Any:
    """The outlets or sections somebody may explore, as the choices of a filter."""

    def choices(request: HttpRequest) -> QuerySet[Page]:
        explorable = policy_registry.get_by_type(Page).explorable_instances(request.user)
        return model.objects.filter(pk__in=explorable.values("pk")).order_by("path")

    return choices


def _withdrawn() -> Any:
    gone = PublishedArticle.objects.filter(state=PublishedArticle.State.WITHDRAWN)
    return gone.values("article")


def _planned() -> Any:
    return _page_ids(Revision.page_revisions.filter(approved_go_live_at__isnull=False))


def _in_review() -> Any:
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    return _page_ids(states.filter(base_content_type__app_label="wagtailcore"))


def _page_ids(rows: QuerySet[Any]) -> Any:
    """Wagtail names the page of a revision or a review by a text column."""
    return rows.order_by().annotate(page_pk=Cast("object_id", IntegerField())).values("page_pk")


class BelowFilter(django_filters.ModelMultipleChoiceFilter):
    """Articles anywhere below the chosen pages."""

    def get_filter_predicate(self, v: Page) -> dict[str, Any]:
        # A range is answered from the index; on SQLite LIKE is not.
        return {"path__range": (v.path, f"{v.path}~")}


class ArticleFilters(WagtailFilterSet):
    outlet = BelowFilter(label=_("Outlet"), queryset=_seen(Outlet), widget=CheckboxSelectMultiple)
    section = BelowFilter(
        label=_("Section"), queryset=_seen(Section), widget=CheckboxSelectMultiple
    )
    author = django_filters.ModelChoiceFilter(
        label=_("Author"),
        field_name="article_authors__author",
        queryset=Author.objects.order_by("name", "pk"),
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind of work"), choices=Kind.choices, widget=CheckboxSelectMultiple
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")

    def in_state(self, articles: Any, name: str, value: str) -> Any:
        never_out = {"live": False, "first_published_at": None}
        conditions: dict[str, Any] = {
            "live": Q(live=True),
            "withdrawn": Q(live=False, pk__in=_withdrawn()),
            "scheduled": Q(live=False, pk__in=_planned()),
            "review": Q(pk__in=_in_review()),
            "draft": Q(**never_out) & ~Q(pk__in=_planned()) & ~Q(pk__in=_in_review()),
        }
        return articles.filter(conditions[value])

    class Meta:
        model = ArticlePage
        fields: list[str] = []


class ArticleIndex(IndexView):
    """Every article of one's part of the network in one flat list."""

    page_title = _("Articles")
    results_template_name = "articles/desk/index_results.html"
    add_item_label = _("New article")
    add_url_name = "desk_new_article"

    def get_add_url(self) -> str:
        return reverse(self.add_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        place_notes(context["object_list"])
        note_bases(context["object_list"])
        return context


class Articles(PageListingViewSet):
    name = "articles"
    model = ArticlePage
    icon = "doc-full"
    menu_label = _("Articles")
    menu_name = "articles"
    menu_order = 20
    add_to_admin_menu = True
    index_view_class = ArticleIndex
    filterset_class = ArticleFilters
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Headline"), sort_key="title", classname="title"),
        Column("section_name", label=_("Section")),
        Column("outlet_name", label=_("Outlet")),
        Column("byline_names", label=_("Authors")),
        PageStatusColumn("status", label=_("State"), sort_key="live"),
        DateColumn(
            "latest_revision_created_at", label=_("Changed"), sort_key="latest_revision_created_at"
        ),
    ]


@hooks.register("register_admin_viewset")
def articles_list() -> Articles:
    return Articles("articles")


class EditTopic(EditView):
    def save_instance(self) -> Topic:
        """In the view's transaction, so that no new address stands without the way to it."""
        before = Topic.objects.only("slug").get(pk=self.object.pk)
        topic: Topic = super().save_instance()
        keep_former_address(topic=topic, former_slug=before.slug, at=timezone.now())
        is_elsewhere = before.slug != topic.slug
        note_topic(topic_id=topic.pk, is_elsewhere=is_elsewhere, at=timezone.now())
        return topic


class TopicViews(ModelViewSet):
    model = Topic
    name = "topics"
    icon = "tag"
    menu_label = _("Topics")
    menu_name = "topics"
    edit_view_class = EditTopic
    menu_order = 50
    add_to_admin_menu = True
    copy_view_enabled = False
    ordering = ["name", "pk"]
    search_fields = ["name", "description"]
    search_backend_name = None
    list_display = ["name", Column("slug", label=_("Address")), "description"]
    panels = [
        TitleFieldPanel("name", targets=["slug"], heading=_("Name"), placeholder=_("Name")),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("uri"),
    ]


@hooks.register("register_admin_viewset")
def topic_views() -> TopicViews:
    return TopicViews("topics")
