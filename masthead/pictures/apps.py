from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "masthead.pictures"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from masthead.pictures.models import Picture
        from masthead.pictures.receivers import on_picture_deleted

        post_delete.connect(on_picture_deleted, sender=Picture)
