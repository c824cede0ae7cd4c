from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdsConfig(AppConfig):
    name = "masthead.ads"
    verbose_name = _("Advertising")

    def ready(self) -> None:
        from masthead.ads.authorised import jobs  # noqa: F401 – its job is registered
        from masthead.ads.customers.links import PREFIX
        from masthead.ads.customers.paying import settle_page
        from masthead.memberships.working_off import register_page_owner
        from masthead.press.annexes import Annex, register_annex

        # Nothing there is the same for two people.
        register_annex(Annex(prefix=PREFIX, to_app=(PREFIX,)))
        register_page_owner("ads", settle_page)
