from django.apps import AppConfig


class ReadersConfig(AppConfig):
    name = "masthead.readers"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from masthead.accounts.only_reader import forget_mark
        from masthead.readers import held, segments
        from masthead.readers.changing_address import CHANGE, MOVE, carry_change, carry_move
        from masthead.readers.desk import panels
        from masthead.readers.intents import register_intent

        held.register()
        panels.register()
        segments.register()
        register_intent(CHANGE, carry_change, alone=True)
        register_intent(MOVE, carry_move, alone=True)
        user_logged_in.connect(forget_mark, dispatch_uid="readers.forget_mark")
