from django.urls import URLPattern, path

from nhipcau.workspace.views.notice import notice
from nhipcau.workspace.views.notice_count import notice_count
from nhipcau.workspace.views.notice_settings import notice_settings
from nhipcau.workspace.views.notices import notices
from nhipcau.workspace.views.notices_read import notices_read

app_name = "workspace"
urlpatterns: list[URLPattern] = [
    path("thong-bao/", notices, name="notices"),
    path("thong-bao/<int:notice_id>/", notice, name="notice"),
    path("thong-bao/da-doc/", notices_read, name="notices_read"),
    path("thong-bao/so/", notice_count, name="notice_count"),
    path("thong-bao/cach-bao/", notice_settings, name="notice_settings"),
]
