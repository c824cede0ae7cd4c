"""What the article's editor says of its public state, and the note of the next release."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from masthead.articles.notes import warnings_of
from masthead.publishing.models import Version


class ReleasePanel(Panel):
    """Which version readers have, what is missing before the next, and a note for it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/release_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            article = self.instance
            version = (
                Version.objects.filter(article=article).order_by("-number").first()
                if article.pk
                else None
            )
            return context | {
                "article": article,
                "version": version,
                "warnings": warnings_of(article) if article.pk else [],
            }


class NotePanel(Panel):
    """A line for the record, kept with the next release; see `editing.noted`."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/note_panel.html"

        @property
        def is_out(self) -> bool:
            """Only what readers have can have been wrong."""
            return bool(self.instance.live)


def release_panel() -> ReleasePanel:
    return ReleasePanel(heading=_("What readers have"))


def note_panel() -> NotePanel:
    return NotePanel(heading=_("Note for the record"))
