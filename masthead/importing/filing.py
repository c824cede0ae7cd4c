"""Filing one extracted page as a draft: its section, its byline, its pictures, its body."""

from dataclasses import dataclass
from pathlib import Path

from wagtail.models import Page

from masthead.accounts.models import User
from masthead.articles.models import ArticleAuthor, ArticlePage
from masthead.core.text import free_slug, short_slug, shorten
from masthead.importing.bodies import body_of
from masthead.importing.bylines import Byline
from masthead.importing.extract import ExtractedPage, Field
from masthead.importing.extract import Picture as FoundPicture
from masthead.importing.saved_pictures import picture_saved_with
from masthead.outlets.models import Outlet, Section
from masthead.outlets.models.addressed import RESERVED_BELOW
from masthead.pictures.models import Picture

SURE_ENOUGH = 0.5  # below this a section's name is not worth a section of its own


class NoSection(Exception):
    """The outlet has no section that the article could be filed in."""


@dataclass(frozen=True)
class Filing:
    """Where a page comes from, where it goes, and who does it."""

    file: Path
    outlet: Outlet
    by: User | None

    def file_article(self, found: ExtractedPage, *, byline: Byline) -> ArticlePage:
        section = self._section(found.section)
        lead = self._lead(found)
        headline = shorten(found.headline.value or self.file.stem, most=255)
        article = ArticlePage(
            title=headline,
            slug=free_slug(short_slug(headline), slugs_below(section)),
            live=False,
            owner=self.by,
            standfirst=shorten(found.standfirst.value or "", most=400),
            dateline=(found.dateline.value or "")[:80],
            lead_picture=lead,
            lead_caption=_caption(found, with_credit=lead is None),
        )
        article.body = body_of(  # type: ignore[assignment]  # as StreamField takes them
            found.body, find_picture=self._picture
        )
        article.article_authors = [ArticleAuthor(author=author) for author in byline.authors]
        section.add_child(instance=article)
        article.save_revision(user=self.by)
        return article

    def _section(self, field: Field[str]) -> Section:
        """The outlet's section of that name; a new one, outside the navigation, if it has none."""
        sections = Section.objects.descendant_of(self.outlet).order_by("path")
        if field.value:
            same = sections.filter(title__iexact=field.value).first()
            if same is not None:
                return same
            if field.confidence >= SURE_ENOUGH:
                return self._new_section(field.value)
        first = sections.first()
        if first is None:
            raise NoSection(f"{self.outlet.title} has no section yet; make one first.")
        return first

    def _new_section(self, name: str) -> Section:
        slug = free_slug(short_slug(name), slugs_below(self.outlet) | RESERVED_BELOW)
        section = Section(title=name[:255], slug=slug, in_navigation=False)
        self.outlet.refresh_from_db()
        self.outlet.add_child(instance=section)
        section.save_revision(user=self.by).publish(user=self.by, skip_permission_checks=True)
        return section

    def _lead(self, found: ExtractedPage) -> Picture | None:
        lead = found.lead_picture.value
        if lead is None:
            return None
        caption, credit = found.caption.value or "", found.credit.value or ""
        return self._picture(FoundPicture(lead.url, lead.alt, caption, credit))

    def _picture(self, found: FoundPicture) -> Picture | None:
        return picture_saved_with(self.file, found, outlet=self.outlet, by=self.by)


def slugs_below(parent: Page) -> set[str]:
    return set(parent.get_children().values_list("slug", flat=True))


def _caption(found: ExtractedPage, *, with_credit: bool) -> str:
    """With a picture the credit is the picture's; alone it stands behind the words."""
    caption, credit = found.caption.value or "", found.credit.value or ""
    return f"{caption} ({credit})" if caption and credit and with_credit else caption
