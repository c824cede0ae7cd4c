"""
The screens on which pages begin: see `once`.

Wagtail's own make a page of every post, also of the second press of a button.
"""

import json
from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import cached_property
from modelcluster.models import get_all_child_relations
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import COMMENTS_RELATION_NAME, Page

from masthead.accounts.models import User
from masthead.outlets.models import Domain, FollowLink, Outlet, PlainPage, Section
from masthead.publishing import once


class PostedAgain(EditView):
    """The form of a new page, posted once more when its page is there: that one is edited."""

    def get_object(self) -> Page:
        """To that form all rows are new: its own of before give way, what others noted stays."""
        page: Page = super().get_object()
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
        """The editor learns where the page is, as from its first autosave."""
        answer: HttpResponse = super().save_action()
        if not self.expects_json_response or answer.status_code != HTTPStatus.OK:
            return answer
        url = self.get_edit_url()
        told = {"url": url, "hydrate_url": set_query_params(url, {"_w_hydrate_create_view": "1"})}
        return JsonResponse(json.loads(answer.content) | told)


class MadeOnce(CreateView):
    """Of a page whose `public_id` the database holds unique."""

    template_name = "publishing/new_page.html"
    again_view_class: ClassVar[type[PostedAgain]] = PostedAgain

    @property
    def writer(self) -> User:
        """At the desk nobody is anonymous."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        One form makes one page, also when Publish is pressed while an autosave is on its way.

        Whatever comes second acts on the page that the first has made.
        """
        key = request.POST.get("form_key", "")
        promised = once.find_promised_id(key=key, user=self.writer)
        if promised is not None:
            self.page.public_id = promised
        made = self.find_made()
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
            made = self.find_made()
            if made is None:
                raise
            return self.posted_again(made)

    def form_invalid(self, form: Any) -> HttpResponse:
        """What the other one has just made has the address, or the domain, that was typed."""
        made = self.find_made()
        if made is not None:
            return self.posted_again(made)
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def find_made(self) -> Page | None:
        return once.find_made(model=self.page_class, public_id=self.page.public_id)

    def posted_again(self, page: Page) -> HttpResponse:
        answer: HttpResponse = self.again_view_class.as_view()(self.request, page.pk)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        key = once.key_of(public_id=self.page.public_id, user=self.writer)
        return context | {"form_key": key}


class OutletPostedAgain(PostedAgain):
    """Its domains and accounts are posted as new rows too, but each may be there only once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            # A draft of an outlet that readers have already leaves their rows alone.
            if self.action_name == "publish" or not self.page.live:
                Domain.objects.filter(outlet=self.page.pk).delete()
                FollowLink.objects.filter(outlet=self.page.pk).delete()
            answer: HttpResponse = super().post(request, *args, **kwargs)
            if getattr(self, "form", None) is None or not self.form.is_valid():
                transaction.set_rollback(True)
        return answer


class NewOutlet(MadeOnce):
    again_view_class = OutletPostedAgain


class OutletScreens(PageViewSet):
    model = Outlet
    add_view_class = NewOutlet


class SectionScreens(PageViewSet):
    model = Section
    add_view_class = MadeOnce


class PlainPageScreens(PageViewSet):
    model = PlainPage
    add_view_class = MadeOnce
