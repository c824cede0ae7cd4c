from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "masthead.reading"

    def ready(self) -> None:
        from masthead.press.chores import Chore, register_chore
        from masthead.press.page_parts import register_page_part
        from masthead.reading import jobs  # noqa: F401 – its turns are registered
        from masthead.reading.parts import MOST_READ, MOST_READ_ON_FRONT
        from masthead.reading.taking import take_from

        register_chore(Chore("reads", seconds=60, do=take_from))
        register_page_part(MOST_READ)
        register_page_part(MOST_READ_ON_FRONT)
