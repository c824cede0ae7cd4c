"""The editor's buttons for an article: withdraw with a reason, approve instead of two ways out."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem

from masthead.articles.models import ArticlePage


class WithdrawMenuItem(ActionMenuItem):
    label = _("Withdraw …")
    name = "action-withdraw"
    icon_name = "download"

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("publishing:withdraw", args=[parent_context["page"].pk])


def withdraw_instead(items: list[Any]) -> list[Any]:
    """Taking an article down asks for the reason that readers will find."""
    return [
        WithdrawMenuItem(order=item.order) if item.name == "action-unpublish" else item
        for item in items
    ]


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
