from django.urls import path

from nhipcau.press.views.article import article
from nhipcau.press.views.articles import articles
from nhipcau.press.views.collection import collection
from nhipcau.press.views.digest import digest
from nhipcau.press.views.digest_articles import digest_articles
from nhipcau.press.views.digest_file import digest_file
from nhipcau.press.views.digest_numbers import digest_numbers
from nhipcau.press.views.digests import digests
from nhipcau.press.views.numbers import numbers
from nhipcau.press.views.refusals import refusals
from nhipcau.press.views.sources import sources
from nhipcau.press.views.story import story
from nhipcau.press.views.story_corrections import correction_undo, story_merge, story_rename, story_split

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
    path("diem-bao/", digests, name="digests"),
    path("diem-bao/<int:digest_id>/", digest, name="digest"),
    path("diem-bao/<int:digest_id>/tai-ve/<str:file_format>/", digest_file, name="digest_file"),
    path("diem-bao/<int:digest_id>/tin-bai/", digest_articles, name="digest_articles"),
    path("diem-bao/<int:digest_id>/con-so/", digest_numbers, name="digest_numbers"),
    path("nguon-tin/", sources, name="sources"),
    path("nguon-tin/thu-thap/<int:collection_id>/", collection, name="collection"),
    path("nguon-tin/khong-lay/", refusals, name="refusals"),
]
