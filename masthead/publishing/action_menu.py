"""The editor's buttons for an article: in newsroom words, one way out of the copy desk."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
)

from masthead.articles.models import ArticlePage


class WithdrawMenuItem(ActionMenuItem):
    label = _("Withdraw …")
    name = "action-withdraw"
    icon_name = "download"

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("publishing:withdraw", args=[parent_context["page"].pk])


class PublishLaterMenuItem(ActionMenuItem):
    label = _("Publish later …")
    name = "action-publish-later"
    template_name = "publishing/later_item.html"


class PublishChangesMenuItem(PublishMenuItem):
    label = _("Publish changes")


class TakeBackMenuItem(CancelWorkflowMenuItem):
    label = _("Take back from the copy desk")


class SendAgainMenuItem(RestartWorkflowMenuItem):
    label = _("Send to the copy desk again")


_OURS: dict[str, type[ActionMenuItem]] = {
    "action-unpublish": WithdrawMenuItem,
    "action-cancel-workflow": TakeBackMenuItem,
    "action-restart-workflow": SendAgainMenuItem,
}


def in_our_words(items: list[Any], *, is_live: bool) -> list[Any]:
    """Wagtail's items under the newsroom's names; withdrawing asks for the reason first."""
    ours = _OURS | ({"action-publish": PublishChangesMenuItem} if is_live else {})
    return [ours[item.name](order=item.order) if item.name in ours else item for item in items]


def with_later(items: list[Any]) -> list[Any]:
    """Whoever may publish finds planning it beside it, not only among what is told of the page."""
    if any(item.name in {"action-publish", "approve"} for item in items):
        return [*items, PublishLaterMenuItem(order=100)]
    return items


def approve_instead(items: list[Any], *, article: ArticlePage, now: datetime) -> list[Any]:
    """
    At the copy desk whoever may approve does not find “Publish” beside it.

    It would do the same, but break off the check and tell the reporter that it was cancelled.
    """
    approving = [item for item in items if item.name == "approve"]
    if not approving:
        return items
    is_planned = article.go_live_at is not None and article.go_live_at > now
    for item in approving:
        item.label = _approve_label(is_planned=is_planned, with_note=item.launch_modal)
    return [item for item in items if item.name != "action-publish"]


def _approve_label(*, is_planned: bool, with_note: bool) -> str:
    if is_planned:
        if with_note:
            return gettext("Approve with a note and schedule")
        return gettext("Approve and schedule")
    if with_note:
        return gettext("Approve with a note and publish")
    return gettext("Approve and publish")
