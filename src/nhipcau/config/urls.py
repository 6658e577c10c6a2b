from django.urls import include, path

urlpatterns = [
    path("", include("nhipcau.audit.urls")),
    path("", include("nhipcau.law.urls")),
    path("", include("nhipcau.network.urls")),
    path("", include("nhipcau.accounts.urls")),
    path("", include("nhipcau.workspace.urls")),
    path("", include("nhipcau.programme.urls")),
    path("", include("nhipcau.press.urls")),
    path("", include("nhipcau.reporting.urls")),
    path("", include("nhipcau.desk.urls")),
]
