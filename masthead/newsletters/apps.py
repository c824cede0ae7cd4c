from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "masthead.newsletters"

    def ready(self) -> None:
        from masthead.newsletters.joining import wiring
        from masthead.newsletters.joining.urls import TO_APP
        from masthead.press.annexes import Annex, register_annex

        wiring.register()
        register_annex(Annex("newsletters/", to_app=TO_APP))
