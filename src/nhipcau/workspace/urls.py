from django.urls import URLPattern, path

from nhipcau.workspace.views import attachments, comments, letter_steps, letter_writing, saved_views
from nhipcau.workspace.views.calendar import calendar, calendar_feed, feed_make, feed_revoke
from nhipcau.workspace.views.examples import examples
from nhipcau.workspace.views.import_file import import_file, import_marked
from nhipcau.workspace.views.import_start import import_start, import_template
from nhipcau.workspace.views.imports import imports
from nhipcau.workspace.views.letter import letter
from nhipcau.workspace.views.letter_edit import letter_edit, letter_new, recipient_choices
from nhipcau.workspace.views.letter_register import letter_register
from nhipcau.workspace.views.letters import incoming, outgoing
from nhipcau.workspace.views.notice import notice
from nhipcau.workspace.views.notice_count import notice_count
from nhipcau.workspace.views.notice_settings import notice_settings
from nhipcau.workspace.views.notices import notices
from nhipcau.workspace.views.notices_read import notices_read
from nhipcau.workspace.views.templates import (
    template_file,
    template_starter,
    template_stop,
    template_trial,
    template_use,
    templates,
)

app_name = "workspace"
urlpatterns: list[URLPattern] = [
    path("lich/", calendar, name="calendar"),
    path("lich/dia-chi/", feed_make, name="feed_make"),
    path("lich/dia-chi/thu-hoi/", feed_revoke, name="feed_revoke"),
    path("lich/<str:feed_token>.ics", calendar_feed, name="calendar_feed"),
    path("thong-bao/", notices, name="notices"),
    path("thong-bao/<int:notice_id>/", notice, name="notice"),
    path("thong-bao/da-doc/", notices_read, name="notices_read"),
    path("thong-bao/so/", notice_count, name="notice_count"),
    path("thong-bao/cach-bao/", notice_settings, name="notice_settings"),
    path("bieu-mau/", templates, name="templates"),
    path("bieu-mau/mau-chuan/<str:template_kind>/", template_starter, name="template_starter"),
    path("bieu-mau/<int:template_id>/", template_file, name="template_file"),
    path("bieu-mau/<int:template_id>/thu/", template_trial, name="template_trial"),
    path("bieu-mau/<int:template_id>/dung/", template_use, name="template_use"),
    path("bieu-mau/<int:template_id>/thoi/", template_stop, name="template_stop"),
    path("cong-van/", incoming, name="letters"),
    path("cong-van/di/", outgoing, name="letters_outgoing"),
    path("cong-van/soan/", letter_new, name="letter_new"),
    path("cong-van/vao-so/", letter_register, name="letter_register"),
    path("cong-van/noi-nhan/", recipient_choices, name="recipient_choices"),
    path("cong-van/<int:letter_id>/", letter, name="letter"),
    path("cong-van/<int:letter_id>/sua/", letter_edit, name="letter_edit"),
    path("cong-van/<int:letter_id>/trinh/", letter_steps.letter_submit, name="letter_submit"),
    path("cong-van/<int:letter_id>/rut/", letter_steps.letter_withdraw, name="letter_withdraw"),
    path("cong-van/<int:letter_id>/bo/", letter_steps.letter_discard, name="letter_discard"),
    path("cong-van/<int:letter_id>/tra-lai/", letter_steps.letter_send_back, name="letter_send_back"),
    path("cong-van/<int:letter_id>/duyet/", letter_steps.letter_approve, name="letter_approve"),
    path("cong-van/<int:letter_id>/ban-hanh/", letter_steps.letter_issue, name="letter_issue"),
    path("cong-van/<int:letter_id>/thu-hoi/", letter_steps.letter_recall, name="letter_recall"),
    path("cong-van/<int:letter_id>/tiep-nhan/", letter_steps.letter_receive, name="letter_receive"),
    path("bo-loc/luu/", saved_views.view_save, name="view_save"),
    path("bo-loc/<int:saved_view_id>/", saved_views.view_open, name="view_open"),
    path("bo-loc/<int:saved_view_id>/mac-dinh/", saved_views.view_opens, name="view_opens"),
    path("bo-loc/<int:saved_view_id>/bo/", saved_views.view_remove, name="view_remove"),
    path("nhap-du-lieu/", imports, name="imports"),
    path("nhap-du-lieu/tep/<int:import_file_id>/", import_file, name="import_file"),
    path("nhap-du-lieu/tep/<int:import_file_id>/can-sua.xlsx", import_marked, name="import_marked"),
    path("nhap-du-lieu/<str:import_name>/", import_start, name="import_start"),
    path("nhap-du-lieu/<str:import_name>/mau.xlsx", import_template, name="import_template"),
    path("cong-van/soan/luu-tam/", letter_writing.letter_new_keep, name="letter_new_keep"),
    path("cong-van/soan/bo-luu-tam/", letter_writing.letter_new_drop, name="letter_new_drop"),
    path("cong-van/<int:letter_id>/luu-tam/", letter_writing.letter_keep, name="letter_keep"),
    path("cong-van/<int:letter_id>/bo-luu-tam/", letter_writing.letter_drop, name="letter_drop"),
    path("cong-van/<int:letter_id>/dang-sua/", letter_writing.letter_here, name="letter_here"),
    path("cong-van/<int:letter_id>/sua-tiep/", letter_writing.letter_take_over, name="letter_take_over"),
    path("cong-van/<int:letter_id>/tep/", attachments.letter_attach, name="letter_attach"),
    path("cong-van/<int:letter_id>/y-kien/", comments.letter_comment, name="letter_comment"),
    path("tep/<int:attachment_id>/", attachments.attachment, name="attachment"),
    path("tep/<int:attachment_id>/go/", attachments.attachment_remove, name="attachment_remove"),
    path("y-kien/<int:comment_id>/", comments.comment_edit, name="comment_edit"),
    path("y-kien/<int:comment_id>/rut/", comments.comment_withdraw, name="comment_withdraw"),
    path("mau-giao-dien/", examples, name="examples"),
]
