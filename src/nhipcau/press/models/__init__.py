from nhipcau.press.models.addresses import hash_of_url
from nhipcau.press.models.article import Article, ArticleAddress, ArticleTopic
from nhipcau.press.models.collection import Collection, Refusal
from nhipcau.press.models.correction import CorrectedArticle, CorrectionKind, StoryCorrection
from nhipcau.press.models.digest import Digest, DigestArticle, DigestState, DigestStory
from nhipcau.press.models.outlet import Outlet, Source, SourceHealth, SourceKind
from nhipcau.press.models.story import Story

__all__ = [
    "Article",
    "ArticleAddress",
    "ArticleTopic",
    "Collection",
    "CorrectedArticle",
    "CorrectionKind",
    "Digest",
    "DigestArticle",
    "DigestState",
    "DigestStory",
    "Outlet",
    "Refusal",
    "Source",
    "SourceHealth",
    "SourceKind",
    "Story",
    "StoryCorrection",
    "hash_of_url",
]
