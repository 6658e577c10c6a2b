from django.apps import AppConfig


class ShapeConfig(AppConfig):
    """The letters of the peers that are not ours."""

    name = "shape"
    label = "shape"
