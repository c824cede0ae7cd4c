from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdsConfig(AppConfig):
    name = "masthead.ads"
    verbose_name = _("Advertising")

    def ready(self) -> None:
        from masthead.ads.letters import jobs as letters_jobs  # noqa: F401 – turns are registered
        from masthead.ads.letters.seller import sell
        from masthead.ads.pacing import jobs as pacing_jobs  # noqa: F401 – turns are registered
        from masthead.newsletters.blocks.placements import register_seller

        register_seller("ads", sell)
