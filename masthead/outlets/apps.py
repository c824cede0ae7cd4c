from django.apps import AppConfig


class OutletsConfig(AppConfig):
    name = "masthead.outlets"

    def ready(self) -> None:
        from django.db.models.signals import post_delete
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from masthead.outlets import receivers
        from masthead.outlets.models import Outlet

        page_published.connect(receivers.rewrite_sheets)
        page_unpublished.connect(receivers.rewrite_sheets)
        for model in receivers.IN_SHEETS:
            post_delete.connect(receivers.rewrite_sheets, sender=model)
        post_delete.connect(receivers.take_off, sender=Outlet)
        page_slug_changed.connect(receivers.follow_slug)
        post_page_move.connect(receivers.follow_move)
