from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SyndicationConfig(AppConfig):
    name = "masthead.syndication"

    def ready(self) -> None:
        from masthead.outlets.on_sheets import register_on_sheets
        from masthead.press.page_parts import register_page_part
        from masthead.publishing.on_release import WayOut, register_on_release
        from masthead.syndication import parts
        from masthead.syndication.share.cards import draw_for_release, draw_outlet_card

        register_page_part(parts.SHARE_LINKS)
        register_page_part(parts.FOLLOW_BAR)
        register_on_sheets(
            "outlet-card", lambda outlet_id: draw_outlet_card.later(outlet_id=outlet_id)
        )
        # The dearest way out, and the only one that wants the copies of the article's picture.
        share = WayOut("share-card", draw_for_release, label=_("Share picture"), priority=3)
        register_on_release(share)
