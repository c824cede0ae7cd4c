"""The article's editor: what stands on which tab."""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from masthead.articles.forms import ArticleForm
from masthead.articles.models import ArticlePage
from masthead.articles.panels import edit_panels
from masthead.articles.schedule import PlannedTimeInput
from masthead.outlets.queries import find_outlet_of


@cache
def article_edit_handler() -> Any:
    """Built on first use, when every feature has registered its panels."""
    return TabbedInterface(
        [
            ObjectList(
                [*edit_panels(tab="top"), *_text(), *edit_panels(tab="text")], heading=_("Text")
            ),
            ObjectList([*_about(), *edit_panels(tab="about")], heading=_("About it")),
            ObjectList([*_publish(), *edit_panels(tab="publish")], heading=_("Publish")),
        ],
        base_form_class=ArticleForm,
    ).bind_to_model(ArticlePage)


class HeadlineInput(AdminAutoHeightTextInput):
    """Shows the whole headline on as many lines as it needs; it is still one line of text."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        value = super().value_from_datadict(data, files, name)
        return None if value is None else " ".join(value.split())


def _text() -> list[Any]:
    return [
        TitleFieldPanel(
            "title",
            heading=_("Headline"),
            placeholder=_("Headline"),
            widget=HeadlineInput,
            help_text=_("What happened, in one line."),
        ),
        FieldPanel("standfirst"),
        InlinePanel("article_authors", heading=_("Byline"), label=_("Author")),
        MultiFieldPanel(
            [FieldPanel("lead_picture", heading=_("Picture")), FieldPanel("lead_caption")],
            heading=_("Lead picture"),
        ),
        FieldPanel("body"),
    ]


def _about() -> list[Any]:
    return [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("access")]),
        FieldRowPanel([FieldPanel("kicker"), FieldPanel("dateline")]),
        FieldPanel("topics", help_text=_("Topics are added on the desk’s screen “Topics”.")),
        FieldPanel("without_advertising"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("sponsor_name"), FieldPanel("sponsor_url")])],
            heading=_("Sponsor"),
            help_text=_("Only for sponsored articles; readers see who paid."),
        ),
    ]


def _publish() -> list[Any]:
    return [
        FieldPanel("short_headline"),
        FieldPanel("social_headline"),
        MultiFieldPanel(
            [
                FieldPanel("slug", heading=_("Address")),
                FieldPanel(
                    "seo_title",
                    heading=_("Headline for search"),
                    help_text=_("Empty: the headline itself."),
                ),
                FieldPanel(
                    "search_description",
                    heading=_("Description for search"),
                    help_text=_("What search engines may show below the headline."),
                ),
            ],
            heading=_("Address and search"),
        ),
        _schedule(),
    ]


class SchedulePanel(PublishingPanel):
    """Says what makes the time count, at the copy desk too."""

    class BoundPanel(PublishingPanel.BoundPanel):
        template_name = "articles/desk/schedule.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            outlet = find_outlet_of(self.form.parent_page)
            widget = self.form.fields["go_live_at"].widget
            widget.language = outlet.language if outlet else widget.language
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"may_publish": self._may_publish()}

        def _may_publish(self) -> bool:
            """A new article stands nowhere yet, so its section is asked."""
            user = self.request.user
            if self.instance.pk:
                return bool(self.instance.permissions_for_user(user).can_publish())
            section = self.form.parent_page
            return bool(section.permissions_for_user(user).can_publish_subpage())


def _schedule() -> PublishingPanel:
    """When it goes out. When it ends is not planned: an article is withdrawn, with a reason."""
    when = FieldPanel("go_live_at", heading=_("When it goes out"), widget=PlannedTimeInput)
    return SchedulePanel(children=[when])
