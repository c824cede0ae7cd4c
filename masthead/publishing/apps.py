from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "masthead.publishing"

    def ready(self) -> None:
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from masthead.publishing import receivers
        from masthead.publishing.embeds import EMBED_CARDS
        from masthead.publishing.on_release import register_on_release

        page_published.connect(receivers.on_published)
        page_unpublished.connect(receivers.on_unpublished)
        page_slug_changed.connect(receivers.on_slug_changed)
        post_page_move.connect(receivers.on_moved)
        register_on_release(EMBED_CARDS)
