from django.apps import AppConfig


class MembershipsConfig(AppConfig):
    name = "masthead.memberships"

    def ready(self) -> None:
        from masthead.memberships import held
        from masthead.memberships.offers import SUPPLEMENT, build_supplement
        from masthead.memberships.parts import OFFER
        from masthead.outlets.supplements import register_supplement
        from masthead.press.annexes import Annex, register_annex
        from masthead.press.page_parts import register_page_part

        held.register()
        register_supplement(SUPPLEMENT, build_supplement)
        register_page_part(OFFER)
        # All of it knows who asks, so the program answers it each time.
        register_annex(Annex("membership/", to_app=("membership/",)))
