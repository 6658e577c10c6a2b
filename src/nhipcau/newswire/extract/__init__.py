"""From a page to an article: main text, title, time, author line, image, own address, language.

Runs in worker processes (:mod:`nhipcau.newswire.workers`): a page may hang or kill its reader. Importing this module
loads none of the libraries; they are loaded with the first page, or before workers are forked.
"""

from nhipcau.newswire.extract.article import LARGEST_PAGE, article_id, extract_article, extract_document

__all__ = ["LARGEST_PAGE", "article_id", "extract_article", "extract_document"]
