from django.urls import URLPattern, URLResolver

#: Only what is wanted exists: sign-up, e-mail management and the rest of the library's routes are not here.
urlpatterns: list[URLPattern | URLResolver] = []
