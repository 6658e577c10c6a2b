from django.urls import include, path

urlpatterns = [
    path("", include("nhipcau.accounts.urls")),
    path("", include("nhipcau.press.urls")),
    path("", include("nhipcau.desk.urls")),
]
