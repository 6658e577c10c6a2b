"""From a page to an article: main text, title, time, author line, image, own address, language.

Runs in worker processes only (:mod:`nhipcau.newswire.workers`): lxml is not safe on several threads. Importing this
module loads none of the libraries; they are loaded with the first page, or before workers are forked.
"""

from nhipcau.newswire.extract.article import LARGEST_PAGE, article_id, extract_article, extract_document

__all__ = ["LARGEST_PAGE", "article_id", "extract_article", "extract_document"]
