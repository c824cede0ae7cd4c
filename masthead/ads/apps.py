from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdsConfig(AppConfig):
    name = "masthead.ads"
    verbose_name = _("Advertising")

    def ready(self) -> None:
        from masthead.ads.authorised import jobs  # noqa: F401 – its job is registered
        from masthead.ads.customers import jobs as customers_jobs  # noqa: F401 – so is this one

        _stand_on_pages()
        _serve_advertisers()
        _count()
        _pace()


def _stand_on_pages() -> None:
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


def _serve_advertisers() -> None:
    from masthead.ads.customers.links import PREFIX
    from masthead.ads.customers.paying import settle_page
    from masthead.ads.customers.returning import follow_payment
    from masthead.memberships.working_off import register_page_owner
    from masthead.press.annexes import Annex, register_annex

    # Nothing there is the same for two people.
    register_annex(Annex(prefix=PREFIX, to_app=(PREFIX,)))
    register_page_owner("ads", settle_page, follow_payment)


def _count() -> None:
    from masthead.ads.counting import jobs  # noqa: F401 – its turns are registered
    from masthead.ads.counting.taking import TAKEN_EVERY_SECONDS, take_counts
    from masthead.press.chores import Chore, register_chore

    register_chore(Chore("advertising", seconds=TAKEN_EVERY_SECONDS, do=take_counts))


def _pace() -> None:
    from masthead.ads.chances import register_chances
    from masthead.ads.letters import jobs as letters_jobs  # noqa: F401 – turns are registered
    from masthead.ads.letters.seller import sell
    from masthead.ads.pacing import jobs as pacing_jobs  # noqa: F401 – turns are registered
    from masthead.ads.pacing.queries import find_chances
    from masthead.newsletters.blocks.placements import register_seller

    register_chances(find_chances)
    register_seller("ads", sell)
