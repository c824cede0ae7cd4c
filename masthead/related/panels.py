"""What the article's editor says of the list below it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from masthead.publishing.rules import may_publish
from masthead.related.desk import lines_below


class RelatedPanel(Panel):
    """Which articles stand below this one and why; those who may publish it can change that."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "related/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            article = self.instance
            return context | {
                "article": article,
                "lines": lines_below(article) if article.pk else [],
                "may_pick": bool(article.pk) and may_publish(self.request.user, article),
            }


def related_panel() -> RelatedPanel:
    return RelatedPanel(heading=_("Related articles"))
