from datetime import datetime

from django.apps import AppConfig
from django.http import HttpResponse


class PressConfig(AppConfig):
    name = "masthead.press"

    def ready(self) -> None:
        from masthead.changes.followers import register_follower
        from masthead.fronts.pages import front_page
        from masthead.outlets.page import ReaderPage
        from masthead.outlets.personal import set_personal_printer
        from masthead.outlets.previews import set_front_builder, set_preview_printer
        from masthead.outlets.sheet import Sheet
        from masthead.press.annexes import Annex, register_annex
        from masthead.press.asking import Asking
        from masthead.press.following import follow_here
        from masthead.press.outer.caches import register_outer_cache
        from masthead.press.outer.http import tell_http
        from masthead.press.outer.nginx import tell_nginx
        from masthead.press.outer.varnish import tell_varnish
        from masthead.press.personal import personal_response
        from masthead.press.render import print_page, respond

        def preview(page: ReaderPage, at: datetime) -> HttpResponse:
            return respond(print_page(page, asking=Asking(page.sheet, at), is_preview=True))

        def front(sheet: Sheet, at: datetime) -> ReaderPage:
            return front_page(sheet=sheet, at=at)

        register_outer_cache("varnish", tell_varnish)
        register_outer_cache("nginx", tell_nginx)
        register_outer_cache("http", tell_http)
        register_follower("shelf", follow_here)
        # Nothing there is the same for two readers.
        register_annex(Annex("readers/", to_app=("readers/",)))
        set_preview_printer(preview)
        set_personal_printer(personal_response)
        set_front_builder(front)
