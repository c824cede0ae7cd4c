from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdsConfig(AppConfig):
    name = "masthead.ads"
    verbose_name = _("Advertising")

    def ready(self) -> None:
        from masthead.ads.pacing import jobs as pacing_jobs  # noqa: F401 – turns are registered
