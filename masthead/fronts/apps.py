from django.apps import AppConfig


class FrontsConfig(AppConfig):
    name = "masthead.fronts"
