from django.apps import AppConfig


class RelatedConfig(AppConfig):
    name = "masthead.related"
