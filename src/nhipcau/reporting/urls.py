from django.urls import path

from nhipcau.reporting.views import fill, forms
from nhipcau.reporting.views.report import report

app_name = "reporting"
urlpatterns = [
    path("bao-cao/<int:report_id>/", report, name="report"),
    path("bao-cao/<int:report_id>/soan/", fill.report_fill, name="report_fill"),
    path("bao-cao/<int:report_id>/soan/so-lieu/", fill.report_pull, name="report_pull"),
    path("bao-cao/<int:report_id>/soan/tra-loi/", fill.report_answer, name="report_answer"),
    path("bao-cao/<int:report_id>/soan/tep/", fill.report_file, name="report_file"),
    path("bieu-mau-bao-cao/", forms.forms, name="forms"),
    path("bieu-mau-bao-cao/moi/", forms.form_begin, name="form_begin"),
    path("bieu-mau-bao-cao/<int:form_version_id>/", forms.form_version, name="form_version"),
    path("bieu-mau-bao-cao/<int:form_version_id>/tai-ve/", forms.form_file, name="form_file"),
    path("bieu-mau-bao-cao/<int:form_version_id>/buoc/<slug:form_verb>/", forms.form_step, name="form_step"),
    path("bieu-mau-bao-cao/<int:form_version_id>/muc/", forms.form_item, name="form_item"),
    path("bieu-mau-bao-cao/<int:form_version_id>/phan/", forms.form_section, name="form_section"),
    path("bieu-mau-bao-cao/<int:form_version_id>/dau/", forms.form_head, name="form_head"),
    path("bieu-mau-bao-cao/<int:form_version_id>/chieu/", forms.form_axis, name="form_axis"),
    path("bieu-mau-bao-cao/<int:form_version_id>/chuyen/", forms.form_move, name="form_move"),
]
