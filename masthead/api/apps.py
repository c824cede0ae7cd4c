from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "masthead.api"
    verbose_name = _("API")

    def ready(self) -> None:
        from masthead.api.addresses import NINJS, PREFIX
        from masthead.press.annexes import Annex, register_annex

        register_annex(Annex(prefix=PREFIX, to_app=(NINJS,)))
