import pytest


@pytest.fixture(autouse=True)
def _static_files_as_they_lie(settings):
    """Addresses of static files without a manifest: nothing has been collected here. The browser tests collect."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
