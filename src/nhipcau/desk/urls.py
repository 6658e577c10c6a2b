from django.urls import path

from nhipcau.desk.views.health import health, health_json
from nhipcau.desk.views.home import home
from nhipcau.desk.views.palette import palette
from nhipcau.desk.views.preferences import preferences
from nhipcau.desk.views.search import search

urlpatterns = [
    path("tim/", search, name="search"),
    path("tinh-trang/", health, name="health"),
    path("tinh-trang.json", health_json, name="health_json"),
    path("di-den/", palette, name="palette"),
    path("", home, name="home"),
    path("preferences", preferences, name="preferences"),
]
