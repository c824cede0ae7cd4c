"""The copy desk: where a reporter's article waits for somebody who may publish it."""

from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState
from wagtail.permissions import policy_registry

from masthead.accounts.models import User
from masthead.publishing.rules import may_publish


class CopyDeskTask(Task):
    """
    A check that whoever may publish the article can pass.

    Wagtail's own task asks for named groups; ours follow the roles, which are given per place.
    """

    def locked_for_user(self, obj: Page, user: User) -> bool:
        """What is being checked is not written on at the same time."""
        return not may_publish(user, obj)

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return may_publish(user, obj)

    def user_can_lock(self, obj: Page, user: User) -> bool:
        return may_publish(user, obj)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, Any, bool]]:
        if not may_publish(user, obj):
            return []
        return [
            ("reject", _("Send back"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a note"), True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **_: Any) -> QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting
        mine = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
        # The workflow names its page by a text column.
        ids = mine.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
        return waiting.filter(workflow_state__object_id__in=ids)

    @classmethod
    def get_description(cls) -> str:
        return str(_("Whoever may publish the article checks it."))

    class Meta:
        verbose_name = _("copy desk check")
        verbose_name_plural = _("copy desk checks")
