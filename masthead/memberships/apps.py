from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

LETTERS = {
    "welcome": _("Welcome to a member"),
    "receipt": _("Receipt"),
    "failing": _("Card that does not pay"),
    "trial_ending": _("End of a trial"),
    "renewal": _("Renewal of a year"),
    "goodbye": _("End of a membership"),
    "gift": _("Code of a gift"),
    "double": _("Membership that is there already"),
}


class MembershipsConfig(AppConfig):
    name = "masthead.memberships"

    def ready(self) -> None:
        from masthead.mail.kinds import LetterKind, register_letter_kind
        from masthead.memberships import bought, claiming, held, reading_desk, reading_rules
        from masthead.memberships.offers import SUPPLEMENT, build_supplement
        from masthead.memberships.parts import GIVE_ARTICLE, OFFER, READING_ON
        from masthead.memberships.prompt_parts import PARTS
        from masthead.outlets.supplements import register_supplement
        from masthead.press.annexes import Annex, register_annex
        from masthead.press.crawlers import SUPPLEMENT as MEMBERS_ARTICLES
        from masthead.press.page_parts import register_page_part
        from masthead.readers.classes import register_purchases
        from masthead.readers.intents import register_intent

        held.register()
        # A screen beside those of `wagtail_hooks`.
        reading_desk.register()
        for name, label in LETTERS.items():
            register_letter_kind(LetterKind(f"membership.{name}", label))
        register_supplement(SUPPLEMENT, build_supplement)
        register_supplement(MEMBERS_ARTICLES, reading_rules.build_supplement)
        for part in (OFFER, READING_ON, GIVE_ARTICLE, *PARTS):
            register_page_part(part)
        register_intent(claiming.SEAT, claiming.carry_seat)
        register_purchases(bought.find_bought)
        # All of it knows who asks, so the program answers it each time.
        register_annex(Annex("membership/", to_app=("membership/",)))
