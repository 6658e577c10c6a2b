"""Phrases that recur in the press room, each translated once."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nhipcau.newswire import gazetteer
from nhipcau.ui.templatetags.ui import vi_number

#: Where the moment of publication was read.
PUBLISHED_FROM = {
    "json-ld": gettext_lazy("the page's structured data"),
    "meta": gettext_lazy("the page's own description"),
    "time": gettext_lazy("a time marked in the page"),
    "feed": gettext_lazy("the feed"),
    "sitemap": gettext_lazy("the sitemap"),
    "url": gettext_lazy("the address"),
    "text": gettext_lazy("the text"),
    "table": gettext_lazy("the table it came in"),
}
#: What said from which country an outlet publishes.
COUNTRY_FROM = {
    "registry": gettext_lazy("the source list"),
    "domain": gettext_lazy("the ending of its address"),
    "known": gettext_lazy("the list of well-known outlets"),
    "page": gettext_lazy("the page itself"),
    "language": gettext_lazy("its language"),
}
#: The gazetteer's kinds.
REASON_KINDS = {
    "country": gettext_lazy("Country"),
    "place": gettext_lazy("Place"),
    "body": gettext_lazy("Institution"),
    "heritage": gettext_lazy("Heritage"),
    "person_office": gettext_lazy("Office held"),
}
#: In which part of the article something was found.
WHERE = {
    "title": gettext_lazy("in the title"),
    "lead": gettext_lazy("at the beginning"),
    "body": gettext_lazy("further on"),
}
#: How a reprint was recognised.
MEASURES = {
    "url": gettext_lazy("the same address and text"),
    "text": gettext_lazy("the same text"),
    "containment": gettext_lazy("nearly the same text"),
}
#: Why a document became no article: the engine's reasons.
REFUSED = {
    "too_short": gettext_lazy("Main text under 100 characters"),
    "not_html": gettext_lazy("Not a web page"),
    "http_status": gettext_lazy("The server answered with an error page"),
    "fetch_failed": gettext_lazy("Could not be fetched"),
    "unreadable": gettext_lazy("Could not be decoded"),
    "extractor_failed": gettext_lazy("Could not be taken apart"),
    "outside_period": gettext_lazy("Dated outside the period"),
}
#: The parts of a story's rank.
SCORE_PARTS = {
    "outlets": gettext_lazy("how many outlets"),
    "countries": gettext_lazy("how many countries"),
    "reach": gettext_lazy("reach of the outlets"),
    "centrality": gettext_lazy("how centrally it is about the country"),
    "novelty": gettext_lazy("how new it is"),
}
#: What was done, for the audit record.
VERBS = {
    "press.store_articles": gettext_lazy("stored new articles"),
    "press.store_digest": gettext_lazy("built the press digest"),
    "press.split_story": gettext_lazy("took the story apart"),
    "press.merge_stories": gettext_lazy("joined another story to it"),
    "press.rename_story": gettext_lazy("named the story"),
    "press.undo_correction": gettext_lazy("undid a correction of the story"),
    "press.take_digest": gettext_lazy("took the press digest along"),
    "press.take_numbers": gettext_lazy("took numbers of the coverage along"),
    "press.begin_flash": gettext_lazy("began the flash"),
    "press.begin_weekly": gettext_lazy("began the weekly digest"),
    "press.keep_item": gettext_lazy("kept an item for the digest"),
    "press.drop_item": gettext_lazy("left an item out of the digest"),
    "press.reopen_item": gettext_lazy("made an item of the digest undecided again"),
    "press.assign_item": gettext_lazy("gave an item of the digest to a colleague"),
    "press.take_back_choice": gettext_lazy("took back a choice for the digest"),
    "press.add_entry": gettext_lazy("took a story into the digest"),
    "press.write_entry": gettext_lazy("wrote an entry of the digest"),
    "press.move_entry": gettext_lazy("moved an entry of the digest"),
    "press.remove_entry": gettext_lazy("took an entry out of the digest"),
    "press.put_back_entry": gettext_lazy("put an entry back into the digest"),
    "press.edit_digest": gettext_lazy("changed the head of the digest"),
    "press.save_version": gettext_lazy("kept a version of the digest"),
    "press.submit_digest": gettext_lazy("submitted the digest"),
    "press.withdraw_digest": gettext_lazy("took the digest back from review"),
    "press.discard_digest": gettext_lazy("discarded the digest"),
    "press.send_back_digest": gettext_lazy("sent the digest back"),
    "press.approve_digest": gettext_lazy("approved the digest"),
    "press.issue_digest": gettext_lazy("issued the digest"),
    "press.recall_digest": gettext_lazy("recalled the digest"),
    "press.receive_digest": gettext_lazy("took the digest in"),
    "press.draft_notice": gettext_lazy("wrote a correction of the digest"),
    "press.publish_notice": gettext_lazy("published a correction of the digest"),
    "press.withdraw_notice": gettext_lazy("put a correction of the digest aside"),
    "press.register_outlet": gettext_lazy("entered the outlet"),
    "press.register_source": gettext_lazy("gave the collector the source"),
    "press.mark_source_collected": gettext_lazy("found the source in another state"),
}
#: What the audit record calls something that is no field.
RECORDED = {
    "article": gettext_lazy("article (its key)"),
    "articles": gettext_lazy("articles"),
    "assignee": gettext_lazy("given to"),
    "decision": gettext_lazy("decision"),
    "entries": gettext_lazy("entries"),
    "entry": gettext_lazy("entry (its key)"),
    "gist": gettext_lazy("gist"),
    "headline": gettext_lazy("headline"),
    "note": gettext_lazy("note"),
    "notice": gettext_lazy("correction (its key)"),
    "position": gettext_lazy("position"),
    "reason": gettext_lazy("reason"),
    "recipients": gettext_lazy("recipients"),
    "section": gettext_lazy("section"),
    "stories": gettext_lazy("stories"),
    "health": gettext_lazy("state of the source"),
    "result_hash": gettext_lazy("content (SHA-256)"),
    "other": gettext_lazy("other story"),
    "kind": gettext_lazy("what was done"),
}


def topic_name(code: str) -> str:
    """A topic as the reader's language calls it; the code where the engine knows no name for it."""
    return _(gazetteer.TOPICS[code]) if code in gazetteer.TOPICS else code


def articles(number: int) -> str:
    """``12 articles``."""
    return ngettext("%(n)s article", "%(n)s articles", number) % {"n": vi_number(number)}


def outlets(number: int) -> str:
    """``12 outlets``."""
    return ngettext("%(n)s outlet", "%(n)s outlets", number) % {"n": vi_number(number)}


def countries(number: int) -> str:
    """``12 countries``."""
    return ngettext("%(n)s country", "%(n)s countries", number) % {"n": vi_number(number)}


def languages(number: int) -> str:
    """``12 languages``."""
    return ngettext("%(n)s language", "%(n)s languages", number) % {"n": vi_number(number)}


def stories(number: int) -> str:
    """``12 stories``."""
    return ngettext("%(n)s story", "%(n)s stories", number) % {"n": vi_number(number)}
