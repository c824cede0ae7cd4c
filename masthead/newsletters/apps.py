from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewslettersConfig(AppConfig):
    name = "masthead.newsletters"
    verbose_name = _("Newsletters")

    def ready(self) -> None:
        from masthead.mail.feedback import register_ledger, register_listener
        from masthead.mail.samples import register_sample
        from masthead.newsletters import jobs  # noqa: F401 – its turns are registered
        from masthead.newsletters.addresses import PREFIX, TO_APP
        from masthead.newsletters.feedback import LEDGER_OF_DELIVERIES, follow_feedback
        from masthead.newsletters.joining import wiring
        from masthead.newsletters.sample import newest_edition
        from masthead.newsletters.taking_back import follow_withdrawal
        from masthead.press.annexes import Annex, register_annex
        from masthead.publishing.on_release import WayOut, register_on_release

        wiring.register()
        register_annex(Annex(prefix=PREFIX, to_app=TO_APP))
        register_sample(newest_edition)
        register_on_release(WayOut("editions", follow_withdrawal, label=_("Newsletters")))
        register_ledger(LEDGER_OF_DELIVERIES)
        register_listener("newsletters", follow_feedback)
