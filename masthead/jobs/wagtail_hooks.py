"""The jobs screen in the desk, and the names of its actions in the audit log."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from masthead.jobs.rules import may_look_after_jobs


class JobsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look_after_jobs(request.user)


@hooks.register("register_admin_urls")
def job_urls() -> list[URLResolver]:
    return [path("jobs/", include("masthead.jobs.urls"))]


@hooks.register("register_admin_menu_item")
def jobs_menu_item() -> JobsMenuItem:
    return JobsMenuItem(
        _("Jobs"), reverse_lazy("jobs:index"), name="jobs", icon_name="tasks", order=900
    )


@hooks.register("register_log_actions")
def job_log_actions(actions: Any) -> None:
    actions.register_action("jobs.retry", _("Retry job"), _("Job set to be tried again"))
    actions.register_action("jobs.requeue", _("Requeue job"), _("Job taken from its worker"))
    actions.register_action("jobs.discard", _("Discard job"), _("Job discarded"))
