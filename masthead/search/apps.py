from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "masthead.search"

    def ready(self) -> None:
        from masthead.outlets.on_sheets import register_on_sheets
        from masthead.publishing.on_release import WayOut, register_on_release
        from masthead.search.actions import index_release
        from masthead.search.desk_index import keep_articles_in_index
        from masthead.search.jobs import follow_sheet

        keep_articles_in_index()
        register_on_sheets("search-language", follow_sheet)
        register_on_release(WayOut("search", index_release, label=_("Search")))
