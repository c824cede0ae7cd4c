from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdsConfig(AppConfig):
    name = "masthead.ads"
    verbose_name = _("Advertising")

    def ready(self) -> None:
        from masthead.ads.places.offered import SUPPLEMENT, supplement
        from masthead.ads.places.parts import register_parts
        from masthead.ads.preview import wiring  # noqa: F401 – its addresses are registered
        from masthead.ads.providers.own import register_providers
        from masthead.outlets.supplements import register_supplement
        from masthead.press.annexes import Annex, register_annex

        register_providers()
        register_supplement(SUPPLEMENT, supplement)
        register_parts()
        register_annex(Annex("-/ads/"))
