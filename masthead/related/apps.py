from django.apps import AppConfig


class RelatedConfig(AppConfig):
    name = "masthead.related"

    def ready(self) -> None:
        from masthead.press.page_parts import register_page_part
        from masthead.related.parts import RELATED

        register_page_part(RELATED)
