"""Addresses of national reports, of seals, and of what was submitted as a file."""

from django.urls import path

from nhipcau.reporting.views import national_sentences, national_steps
from nhipcau.reporting.views.national import national
from nhipcau.reporting.views.national_changes import national_changes
from nhipcau.reporting.views.national_file import national_file, seal_file, submission_file
from nhipcau.reporting.views.national_head import national_edit
from nhipcau.reporting.views.national_numbers import national_figure, national_figures
from nhipcau.reporting.views.national_section import national_section
from nhipcau.reporting.views.nationals import national_new, nationals
from nhipcau.reporting.views.seals import campaign_seals, seal, seal_new

_NATIONAL = "bao-cao-tong-hop/<int:national_id>"

NATIONAL = [
    path("bao-cao-tong-hop/", nationals, name="nationals"),
    path("bao-cao-tong-hop/moi/", national_new, name="national_new"),
    path(f"{_NATIONAL}/", national, name="national"),
    path(f"{_NATIONAL}/sua/", national_edit, name="national_edit"),
    path(f"{_NATIONAL}/phan/<slug:national_part>/", national_section, name="national_section"),
    path(f"{_NATIONAL}/phan/<slug:national_part>/cau/", national_sentences.sentences_act, name="sentences_act"),
    path(f"{_NATIONAL}/so-lieu/", national_figures, name="national_figures"),
    path(f"{_NATIONAL}/so-lieu/<slug:national_item>/", national_figure, name="national_figure"),
    path(f"{_NATIONAL}/moi-den/", national_changes, name="national_changes"),
    path("bao-cao-tong-hop/<int:taken_national_id>/tep/<slug:report_format>/", national_file, name="national_file"),
    path(f"{_NATIONAL}/trinh/", national_steps.national_submit, name="national_submit"),
    path(f"{_NATIONAL}/rut-lai/", national_steps.national_withdraw, name="national_withdraw"),
    path(f"{_NATIONAL}/duyet/", national_steps.national_approve, name="national_approve"),
    path(f"{_NATIONAL}/tra-lai/", national_steps.national_send_back, name="national_send_back"),
    path(f"{_NATIONAL}/thu-hoi/", national_steps.national_recall, name="national_recall"),
    path(f"{_NATIONAL}/huy/", national_steps.national_discard, name="national_discard"),
    path(f"{_NATIONAL}/ban-hanh/", national_steps.national_issue, name="national_issue"),
    path(f"{_NATIONAL}/tiep-nhan/", national_steps.national_receive, name="national_receive"),
    path(f"{_NATIONAL}/dinh-kem/", national_steps.national_attach, name="national_attach"),
    path(f"{_NATIONAL}/y-kien/", national_steps.national_comment, name="national_comment"),
    path("cau/<int:national_sentence_id>/", national_sentences.sentence_write, name="sentence_write"),
    path("cau/<int:national_sentence_id>/bo/", national_sentences.sentence_forget, name="sentence_forget"),
    path("cau/<int:national_sentence_id>/doi-cho/", national_sentences.sentence_move, name="sentence_move"),
    path("ban-nop/<int:submission_id>/<slug:report_format>/", submission_file, name="submission_file"),
    path("dot-bao-cao/<int:campaign_id>/niem-phong/", campaign_seals, name="campaign_seals"),
    path("dot-bao-cao/<int:campaign_id>/niem-phong/moi/", seal_new, name="seal_new"),
    path("niem-phong/<int:seal_id>/", seal, name="seal"),
    path("niem-phong/<int:taken_seal_id>/tep/<slug:report_format>/", seal_file, name="seal_file"),
]
