"""Wagtail's article screens, where ours do more: notes, first bylines, withdrawing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import COMMENTS_RELATION_NAME

from masthead.accounts.models import User
from masthead.articles.acting import acting
from masthead.articles.models import ArticleAuthor, ArticlePage
from masthead.people.models import Author
from masthead.publishing import once
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


class PostedAgain(EditArticle):
    """The form of a new article, posted once more when its article is there: that one is edited."""

    def get_object(self) -> ArticlePage:
        """To that form all rows are new: its own of before give way, what others noted stays."""
        page: ArticlePage = super().get_object()
        for relation in get_all_child_relations(page):
            name = relation.get_accessor_name()
            rows = getattr(page, name).all() if name == COMMENTS_RELATION_NAME else []
            setattr(page, name, [row for row in rows if row.user_id != self.request.user.pk])
        return page

    @cached_property
    def is_out_of_date(self) -> bool:
        """An autosave that arrives late does not undo what a person has decided since."""
        page = self.page
        is_out = page.live or page.first_published_at or page.current_workflow_state
        is_anothers = self.latest_revision and self.latest_revision.user != self.request.user
        return bool(is_out or is_anothers)

    def save_action(self) -> HttpResponse:
        """The editor learns where the article is, as from its first autosave."""
        answer: HttpResponse = super().save_action()
        if not self.expects_json_response or answer.status_code != HTTPStatus.OK:
            return answer
        url = self.get_edit_url()
        told = {"url": url, "hydrate_url": set_query_params(url, {"_w_hydrate_create_view": "1"})}
        return JsonResponse(json.loads(answer.content) | told)


class NewArticle(Noted, CreateView):
    template_name = "publishing/new_article.html"

    @property
    def writer(self) -> User:
        """At the desk nobody is anonymous."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever has a byline begins under it."""
        author = Author.objects.filter(user=request.user).first()
        if author is not None:
            self.page.article_authors = [ArticleAuthor(author=author)]
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        One form makes one article, also when Publish is pressed while an autosave is on its way.

        Whatever comes second acts on the article that the first has made.
        """
        key = request.POST.get("form_key", "")
        promised = once.find_promised_id(key=key, user=self.writer)
        if promised is not None:
            self.page.public_id = promised
        made = once.find_made(public_id=self.page.public_id)
        if made is not None:
            return self.posted_again(made)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
            return answer
        except (IntegrityError, ValidationError):
            # The other one committed between our look and our write; Wagtail looks once more.
            made = once.find_made(public_id=self.page.public_id)
            if made is None:
                raise
            return self.posted_again(made)

    def posted_again(self, article: ArticlePage) -> HttpResponse:
        answer: HttpResponse = PostedAgain.as_view()(self.request, article.pk)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        key = once.key_of(public_id=self.page.public_id, user=self.writer)
        return context | {"form_key": key}


class TakeDownArticle(UnpublishView):
    """Readers are told why something has gone, so the reason is asked first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("publishing:withdraw", self.object.pk)


class ArticleScreens(PageViewSet):
    model = ArticlePage
    add_view_class = NewArticle
    edit_view_class = EditArticle
    unpublish_view_class = TakeDownArticle
