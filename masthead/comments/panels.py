"""What the article's editor says of the comments below it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from masthead.articles.models import PublishedArticle
from masthead.comments.models import Thread
from masthead.comments.rules import moderated_of


class CommentsPanel(Panel):
    """How many there are at each address; who moderates there goes on to queue and rules."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "comments/desk/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"places": self._places() if self.instance.pk else []}

        def _places(self) -> list[dict[str, Any]]:
            live = PublishedArticle.objects.filter(
                article=self.instance.pk, state=PublishedArticle.State.LIVE
            )
            rows = list(live.select_related("outlet").order_by("pk"))
            threads = {row.published_id: row for row in Thread.objects.filter(published__in=rows)}
            mine = moderated_of(self.request.user, [row.outlet for row in rows])
            return [
                {
                    "outlet": row.outlet,
                    "public_id": row.public_id,
                    "thread": threads.get(row.pk),
                    "may_moderate": row.outlet in mine,
                }
                for row in rows
            ]


def comments_panel() -> CommentsPanel:
    return CommentsPanel(heading=_("Comments"))
