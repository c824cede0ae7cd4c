from datetime import datetime

from django.apps import AppConfig
from django.http import HttpResponse


class PressConfig(AppConfig):
    name = "masthead.press"

    def ready(self) -> None:
        from masthead.fronts.pages import front_page
        from masthead.outlets.page import ReaderPage
        from masthead.outlets.previews import set_front_builder, set_preview_printer
        from masthead.outlets.sheet import Sheet
        from masthead.press.render import print_page, respond

        def preview(page: ReaderPage, at: datetime) -> HttpResponse:
            return respond(print_page(page, at=at, is_preview=True), shared=False)

        def front(sheet: Sheet, at: datetime) -> ReaderPage:
            return front_page(sheet=sheet, at=at)

        set_preview_printer(preview)
        set_front_builder(front)
