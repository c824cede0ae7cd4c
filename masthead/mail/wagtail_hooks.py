"""The post office in the audit log."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def mail_log_actions(actions: Any) -> None:
    actions.register_action("mail.settle", _("Take letter as sent"), _("Letter taken as sent"))
    actions.register_action("mail.again", _("Send letter again"), _("Letter sent again"))
    actions.register_action("mail.suppress", _("Write no more"), _("Address suppressed"))
    actions.register_action("mail.lift", _("Write again"), _("Suppression lifted"))
