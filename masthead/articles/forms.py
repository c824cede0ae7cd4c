"""The form behind the article's editor."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from masthead.articles.schedule import refuse_past
from masthead.core.text import free_slug, short_slug
from masthead.outlets.page_forms import AddressedPageForm
from masthead.outlets.rich_text import html_parts

EMPTY_TEXT = {"type": "text", "value": ""}


class ArticleForm(AddressedPageForm):
    """Finds a free address by itself, and says at the top of the page when a chosen one is not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if planned := self.fields.get("go_live_at"):
            planned.label = _("When it goes out")
            planned.error_messages["invalid"] = _(
                "This is no date and time; write it as in 2026-12-31 18:00:00."
            )
        if not self.is_bound and not self.instance.body:
            # A place to write at once; left empty it is not kept.
            self.initial["body"] = self.fields["body"].block.to_python([EMPTY_TEXT])

    def clean_body(self) -> Any:
        """Without texts in which nothing is written."""
        body = self.cleaned_data["body"]
        kept = [block.get_prep_value() for block in body if not _is_empty_text(block)]
        return body if len(kept) == len(body) else body.stream_block.to_python(kept)

    def clean_go_live_at(self) -> datetime | None:
        """A time that has come meanwhile may stay: it says when the article went out."""
        planned: datetime | None = self.cleaned_data["go_live_at"]
        if planned and "go_live_at" in self.changed_data:
            refuse_past(planned, now=timezone.now())
        return planned

    def clean_slug(self) -> str:
        """Two reports may have the same headline; an address made from it gets a number."""
        headline = self.cleaned_data.get("title", "")
        slug: str = self.cleaned_data["slug"] or short_slug(headline)
        # As the browser makes it, with letters of any script, and as the server does.
        made = {slugify(headline, allow_unicode=True), slugify(headline), short_slug(headline)}
        return free_slug(slug, self.taken_by_neighbours(slug)) if slug in made else slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        clash = self.data.get("slug", "")
        if "slug" in self.errors and not Page._slug_is_available(
            clash, self.parent_page, self.instance
        ):
            del self.errors["slug"]
            words = _("Another page of this section has the address “%(slug)s”.") % {"slug": clash}
            self.add_error("slug", words)
            self.add_error(
                None, ValidationError(words + " " + _("Change it on the tab “Publish”."))
            )
        return cleaned


def _is_empty_text(block: Any) -> bool:
    return block.block_type == "text" and not html_parts(block.value.source)
