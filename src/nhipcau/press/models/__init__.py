from nhipcau.press.models.addresses import hash_of_url
from nhipcau.press.models.article import Article, ArticleAddress, ArticleTopic
from nhipcau.press.models.collection import Collection, Refusal
from nhipcau.press.models.digest import Digest, DigestArticle, DigestState, DigestStory
from nhipcau.press.models.outlet import Outlet, Source, SourceHealth, SourceKind
from nhipcau.press.models.story import Story

__all__ = [
    "Article",
    "ArticleAddress",
    "ArticleTopic",
    "Collection",
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
    "hash_of_url",
]
