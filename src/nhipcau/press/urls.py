from django.urls import path

from nhipcau.press.views import digest_edit, digest_steps
from nhipcau.press.views.article import article
from nhipcau.press.views.articles import articles
from nhipcau.press.views.collection import collection
from nhipcau.press.views.digest import digest
from nhipcau.press.views.digest_articles import digest_articles
from nhipcau.press.views.digest_begin import flash_begin, weekly_begin
from nhipcau.press.views.digest_compare import digest_compare
from nhipcau.press.views.digest_file import digest_file
from nhipcau.press.views.digest_head import digest_head
from nhipcau.press.views.digest_numbers import digest_numbers
from nhipcau.press.views.digests import digests
from nhipcau.press.views.numbers import numbers
from nhipcau.press.views.refusals import refusals
from nhipcau.press.views.sources import sources
from nhipcau.press.views.story import story
from nhipcau.press.views.story_corrections import correction_undo, story_merge, story_rename, story_split
from nhipcau.press.views.triage import triage, triage_choose

app_name = "press"
urlpatterns = [
    path("tin-bai/", articles, name="articles"),
    path("tin-bai/con-so/", numbers, name="numbers"),
    path("tin-bai/<int:article_id>/", article, name="article"),
    path("cau-chuyen/<int:story_id>/", story, name="story"),
    path("cau-chuyen/<int:story_id>/ten/", story_rename, name="story_rename"),
    path("cau-chuyen/<int:story_id>/tach/", story_split, name="story_split"),
    path("cau-chuyen/<int:story_id>/gop/", story_merge, name="story_merge"),
    path("cau-chuyen/chinh-sua/<int:correction_id>/hoan-tac/", correction_undo, name="correction_undo"),
    path("cau-chuyen/<int:story_id>/tin-nhanh/", flash_begin, name="flash_begin"),
    path("diem-bao/", digests, name="digests"),
    path("diem-bao/tuan/", weekly_begin, name="weekly_begin"),
    path("diem-bao/<int:digest_id>/", digest, name="digest"),
    path("diem-bao/<int:digest_id>/tai-ve/<str:file_format>/", digest_file, name="digest_file"),
    path("diem-bao/<int:digest_id>/tin-bai/", digest_articles, name="digest_articles"),
    path("diem-bao/<int:digest_id>/con-so/", digest_numbers, name="digest_numbers"),
    path("diem-bao/<int:digest_id>/sang-loc/", triage, name="triage"),
    path("diem-bao/<int:digest_id>/sang-loc/chon/", triage_choose, name="triage_choose"),
    path("diem-bao/<int:digest_id>/soan/", digest_edit.digest_edit, name="digest_edit"),
    path("diem-bao/<int:digest_id>/soan/lay-vao/", digest_edit.entry_add, name="entry_add"),
    path("diem-bao/<int:digest_id>/soan/dau-de/", digest_head, name="digest_head"),
    path("diem-bao/<int:digest_id>/phien-ban/", digest_compare, name="digest_compare"),
    path("diem-bao/<int:digest_id>/phien-ban/luu/", digest_edit.digest_version, name="digest_version"),
    path("diem-bao/muc/<int:entry_of_digest_id>/", digest_edit.entry_write, name="entry_write"),
    path("diem-bao/muc/<int:entry_of_digest_id>/bo-luu-tam/", digest_edit.entry_forget, name="entry_forget"),
    path("diem-bao/muc/<int:entry_of_digest_id>/chuyen/", digest_edit.entry_move, name="entry_move"),
    path("diem-bao/muc/<int:entry_of_digest_id>/bo/", digest_edit.entry_remove, name="entry_remove"),
    path("diem-bao/<int:digest_id>/trinh/", digest_steps.digest_submit, name="digest_submit"),
    path("diem-bao/<int:digest_id>/rut/", digest_steps.digest_withdraw, name="digest_withdraw"),
    path("diem-bao/<int:digest_id>/huy/", digest_steps.digest_discard, name="digest_discard"),
    path("diem-bao/<int:digest_id>/tra-lai/", digest_steps.digest_send_back, name="digest_send_back"),
    path("diem-bao/<int:digest_id>/duyet/", digest_steps.digest_approve, name="digest_approve"),
    path("diem-bao/<int:digest_id>/ban-hanh/", digest_steps.digest_issue, name="digest_issue"),
    path("diem-bao/<int:digest_id>/thu-hoi/", digest_steps.digest_recall, name="digest_recall"),
    path("diem-bao/<int:digest_id>/tiep-nhan/", digest_steps.digest_receive, name="digest_receive"),
    path("diem-bao/<int:digest_id>/dinh-chinh/", digest_steps.digest_notice, name="digest_notice"),
    path("diem-bao/<int:digest_id>/tep/", digest_steps.digest_attach, name="digest_attach"),
    path("diem-bao/<int:digest_id>/y-kien/", digest_steps.digest_comment, name="digest_comment"),
    path("dinh-chinh/<int:digest_notice_id>/cong-bo/", digest_steps.notice_publish, name="notice_publish"),
    path("dinh-chinh/<int:digest_notice_id>/thoi/", digest_steps.notice_withdraw, name="notice_withdraw"),
    path("nguon-tin/", sources, name="sources"),
    path("nguon-tin/thu-thap/<int:collection_id>/", collection, name="collection"),
    path("nguon-tin/khong-lay/", refusals, name="refusals"),
]
