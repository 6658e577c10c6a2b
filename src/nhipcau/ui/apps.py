from django.apps import AppConfig


class UiConfig(AppConfig):
    """Components, filters and style sheets, without models."""

    name = "nhipcau.ui"
    label = "ui"
