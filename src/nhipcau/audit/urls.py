from django.urls import path

from nhipcau.audit.views.entries import entries
from nhipcau.audit.views.entry import entry

app_name = "audit"
urlpatterns = [
    path("nhat-ky/", entries, name="entries"),
    path("nhat-ky/<int:entry_id>/", entry, name="entry"),
]
