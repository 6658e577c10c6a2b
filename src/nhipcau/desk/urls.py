from django.urls import path

from nhipcau.desk.views.home import home
from nhipcau.desk.views.preferences import preferences

urlpatterns = [
    path("", home, name="home"),
    path("preferences", preferences, name="preferences"),
]
