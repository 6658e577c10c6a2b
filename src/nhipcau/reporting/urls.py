from django.urls import path

from nhipcau.reporting.views.report import report

app_name = "reporting"
urlpatterns = [
    path("bao-cao/<int:report_id>/", report, name="report"),
]
