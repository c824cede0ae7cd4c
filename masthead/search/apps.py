from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "masthead.search"

    def ready(self) -> None:
        from masthead.publishing.on_release import WayOut, register_on_release
        from masthead.search.actions import index_release
        from masthead.search.desk_index import keep_articles_in_index

        keep_articles_in_index()
        register_on_release(WayOut("search", index_release, label=_("Search")))
