from django.urls import path

from nhipcau.desk.views.home import home
from nhipcau.desk.views.palette import palette
from nhipcau.desk.views.preferences import preferences
from nhipcau.desk.views.search import search

urlpatterns = [
    path("tim/", search, name="search"),
    path("di-den/", palette, name="palette"),
    path("", home, name="home"),
    path("preferences", preferences, name="preferences"),
]
