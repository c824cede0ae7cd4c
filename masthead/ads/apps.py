from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdsConfig(AppConfig):
    name = "masthead.ads"
    verbose_name = _("Advertising")

    def ready(self) -> None:
        from masthead.ads.counting import jobs  # noqa: F401 – its turns are registered
        from masthead.ads.counting.taking import TAKEN_EVERY_SECONDS, take_counts
        from masthead.press.chores import Chore, register_chore

        register_chore(Chore("advertising", seconds=TAKEN_EVERY_SECONDS, do=take_counts))
