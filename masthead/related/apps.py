from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelatedConfig(AppConfig):
    name = "masthead.related"

    def ready(self) -> None:
        from masthead.press.page_parts import register_page_part
        from masthead.publishing.on_release import WayOut, register_on_release
        from masthead.related.jobs import follow_release
        from masthead.related.parts import LATEST_IN_SECTION, RELATED

        register_page_part(RELATED)
        register_page_part(LATEST_IN_SECTION)
        register_on_release(WayOut("related", follow_release, label=_("Related articles")))
