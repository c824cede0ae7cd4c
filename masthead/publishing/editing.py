"""Wagtail's article screens, where ours do more: notes, first bylines, withdrawing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet

from masthead.articles.acting import acting
from masthead.articles.models import ArticleAuthor, ArticlePage
from masthead.people.models import Author
from masthead.publishing.made_once import MadeOnce, PostedAgain
from masthead.publishing.models import Release
from masthead.publishing.release_words import release_words

MOST_NOTE = Release._meta.get_field("note").max_length or 0


class Noted:
    """Publishing from the editor keeps the note written beside it with the release."""

    request: HttpRequest
    next_url: str

    def publish_action(self) -> HttpResponse:
        with self.noting():
            answer: HttpResponse = super().publish_action()  # type: ignore[misc]
        return answer

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Wagtail's view saves, publishes and tells of it one by one: all of it, or none."""
        act = Release.Act.CORRECT if self.is_correction else None
        words = release_words(note=self.note, act=act)
        with transaction.atomic(), acting(self.request.user), words:
            yield

    @property
    def note(self) -> str:
        return self.request.POST.get("release_note", "").strip()[:MOST_NOTE]

    @property
    def is_correction(self) -> bool:
        return "release_corrects" in self.request.POST

    def redirect_away(self) -> HttpResponse:
        """Back to the board, not into the page tree."""
        return redirect(self.next_url or "wagtailadmin_home")


class EditArticle(Noted, EditView):
    def form_valid(self, form: Any) -> HttpResponse:
        """A correction says what was wrong; without that the editor comes back with the text."""
        action = self.action_method
        releases = action in {self.publish_action, self.perform_workflow_action}
        problem = self._wrong_with_correction(form) if releases and self.is_correction else ""
        if problem:
            form.add_error(None, problem)
        answer: HttpResponse = self.form_invalid(form) if problem else super().form_valid(form)
        return answer

    def _wrong_with_correction(self, form: Any) -> str:
        if not self.note:
            return _("Say what was wrong, in the note for the record: readers are told it.")
        planned = form.cleaned_data.get("go_live_at")
        if planned is not None and planned > timezone.now():
            return _("A correction does not wait: take out the time, or do not call it one.")
        return ""

    def perform_workflow_action(self) -> HttpResponse:
        """Approving publishes, and keeps the note as the button “Publish” does."""
        with self.noting():
            answer: HttpResponse = super().perform_workflow_action()
        return answer


class ArticlePostedAgain(PostedAgain, EditArticle):
    """With its note and its way back to the board."""


class NewArticle(Noted, MadeOnce):
    again_view_class = ArticlePostedAgain

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever has a byline begins under it."""
        author = Author.objects.filter(user=request.user).first()
        if author is not None:
            self.page.article_authors = [ArticleAuthor(author=author)]
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer


class TakeDownArticle(UnpublishView):
    """Readers are told why something has gone, so the reason is asked first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("publishing:withdraw", self.object.pk)


class ArticleScreens(PageViewSet):
    model = ArticlePage
    add_view_class = NewArticle
    edit_view_class = EditArticle
    unpublish_view_class = TakeDownArticle
