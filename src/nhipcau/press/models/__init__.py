from nhipcau.press.models.addresses import hash_of_url
from nhipcau.press.models.article import Article, ArticleAddress, ArticleTopic
from nhipcau.press.models.collection import Collection, Refusal
from nhipcau.press.models.correction import CorrectedArticle, CorrectionKind, StoryCorrection
from nhipcau.press.models.digest import (
    OUT,
    TOLD,
    WRITABLE,
    Digest,
    DigestArticle,
    DigestKind,
    DigestRecipient,
    DigestState,
    DigestStory,
)
from nhipcau.press.models.entry import Decision, DigestChoice, DigestEntry, DigestNotice, DropReason
from nhipcau.press.models.outlet import Outlet, Source, SourceHealth, SourceKind
from nhipcau.press.models.page import LaterVersion, WatchedPage
from nhipcau.press.models.story import Story

__all__ = [
    "OUT",
    "TOLD",
    "WRITABLE",
    "Article",
    "ArticleAddress",
    "ArticleTopic",
    "Collection",
    "CorrectedArticle",
    "CorrectionKind",
    "Decision",
    "Digest",
    "DigestArticle",
    "DigestChoice",
    "DigestEntry",
    "DigestKind",
    "DigestNotice",
    "DigestRecipient",
    "DigestState",
    "DigestStory",
    "DropReason",
    "LaterVersion",
    "Outlet",
    "Refusal",
    "Source",
    "SourceHealth",
    "SourceKind",
    "Story",
    "StoryCorrection",
    "WatchedPage",
    "hash_of_url",
]
