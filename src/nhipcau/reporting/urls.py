from django.urls import path

from nhipcau.reporting.national_urls import NATIONAL
from nhipcau.reporting.views import campaign_board, campaign_steps, fill, forms, report_steps, workbook
from nhipcau.reporting.views.campaign import campaign
from nhipcau.reporting.views.campaign_edit import campaign_edit, campaign_new
from nhipcau.reporting.views.campaigns import campaign_reports, campaigns, reports
from nhipcau.reporting.views.report import report

app_name = "reporting"
_OF_CAMPAIGN = "dot-bao-cao/<int:campaign_id>"
_OF_REPORT = "bao-cao/<int:report_id>"
urlpatterns = [
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
    path("dot-bao-cao/", campaigns, name="campaigns"),
    path("dot-bao-cao/moi/", campaign_new, name="campaign_new"),
    path(f"{_OF_CAMPAIGN}/", campaign, name="campaign"),
    path(f"{_OF_CAMPAIGN}/sua/", campaign_edit, name="campaign_edit"),
    path(f"{_OF_CAMPAIGN}/mo/", campaign_steps.campaign_open, name="campaign_open"),
    path(f"{_OF_CAMPAIGN}/dong/", campaign_steps.campaign_close, name="campaign_close"),
    path(f"{_OF_CAMPAIGN}/mo-lai/", campaign_steps.campaign_reopen, name="campaign_reopen"),
    path(f"{_OF_CAMPAIGN}/bo/", campaign_steps.campaign_discard, name="campaign_discard"),
    path(f"{_OF_CAMPAIGN}/bang/", campaign_board.campaign_board, name="campaign_board"),
    path(f"{_OF_CAMPAIGN}/xep-hang/", campaign_board.campaign_league, name="campaign_league"),
    path(f"{_OF_CAMPAIGN}/bao-cao/", campaign_reports, name="campaign_reports"),
    path("bao-cao/", reports, name="reports"),
    path(f"{_OF_REPORT}/", report, name="report"),
    path(f"{_OF_REPORT}/trinh/", report_steps.report_review, name="report_review"),
    path(f"{_OF_REPORT}/rut/", report_steps.report_withdraw, name="report_withdraw"),
    path(f"{_OF_REPORT}/tra-lai-noi-bo/", report_steps.report_back_inside, name="report_back_inside"),
    path(f"{_OF_REPORT}/duyet/", report_steps.report_approve, name="report_approve"),
    path(f"{_OF_REPORT}/nop/", report_steps.report_submit, name="report_submit"),
    path(f"{_OF_REPORT}/kiem-tra/", report_steps.report_check, name="report_check"),
    path(f"{_OF_REPORT}/tiep-nhan/", report_steps.report_accept, name="report_accept"),
    path(f"{_OF_REPORT}/tra-lai/", report_steps.report_back, name="report_back"),
    path(f"{_OF_REPORT}/mo-khoa/", report_steps.report_unlock, name="report_unlock"),
    path(f"{_OF_REPORT}/khoa/", report_steps.report_lock, name="report_lock"),
    path(f"{_OF_REPORT}/mien-nop/", report_steps.report_release, name="report_release"),
    path(f"{_OF_REPORT}/don-doc/", report_steps.report_remind, name="report_remind"),
    path(f"{_OF_REPORT}/tep/", report_steps.report_attach, name="report_attach"),
    path(f"{_OF_REPORT}/y-kien/", report_steps.report_comment, name="report_comment"),
    path(f"{_OF_REPORT}/excel/", workbook.report_workbook, name="report_workbook"),
    path(f"{_OF_REPORT}/excel/tai-ve/", workbook.report_workbook_file, name="report_workbook_file"),
    path("bao-cao/excel/<int:given_workbook_id>/", workbook.given_workbook, name="given_workbook"),
    path(
        "bao-cao/excel/<int:given_workbook_id>/gac-lai/",
        workbook.given_workbook_aside,
        name="given_workbook_aside",
    ),
    *NATIONAL,
]
