from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "masthead.desk"

    def ready(self) -> None:
        from masthead.desk.zones import name_first_zone

        name_first_zone()
