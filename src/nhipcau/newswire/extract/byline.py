"""Who wrote an article, as printed: names out of author lines, without what only surrounds them.

Names are neither put into another order nor into another case. Words for *by*, offices, mailboxes, handles, times and
the publication's own name are no names; an agency is one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: The longest author line, and the most names of one article (a live blog's team).
LONGEST, MOST = 500, 20
_LONGEST_NAME, _MOST_WORDS, _MOST_PRINTED = 80, 7, 5
_BY: Final = (
    r"(?:(?:written|words|story|reported|posted|compiled|edited|text|photos?|photographs?)\s+)?by",
    r"(?:(?:artikel|beitrag|erstellt|verfasst|pressemitteilung|text|fotos?|ein \w+)\s+)?von",
    r"par|por|di|da|av|af|door|oleh|(?:viết )?bởi|theo|tác giả|texte?|tekst|testo",
    r"text(?:\s+und\s+fotos?)?|(?:& )?fotos?",
    r"autorin/autor|autor(?:in|en|zy|ka|es)?|auteurs?|author|autore|автор[ыи]?|interview|quelle|source",
    r"szerző|szöveg|yazar|penulis|kirjoittaja|文|撰文|作者|記者|记者",
)
_BEFORE: Final = re.compile(rf"^\W*(?:{'|'.join(_BY)})(?:\s*[:：]\s*|\s+)(?=\S)", re.IGNORECASE)
#: What a line in the text begins with where it is an author line: fewer words than a field for authors may hold.
BEGINS: Final = re.compile(
    r"^(?:(?:written |story |words )?by|von|par|por|bởi|tác giả|autorin/autor|autor(?:in|en)?|auteur|автор|texte?)"
    r"(?:\s*:)?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_CERTAIN: Final = re.compile(r"\s*[;|·•、，،/\n\t]\s*|\s+[–—]\s+|,\s*(?:and|und|et|och|og|và)\s+|,\s*", re.IGNORECASE)
_AND: Final = re.compile(r"\s+(?:and|und|et|och|og|en|y|e|i|и|та|і|ve|và|with|mit|&|\+)\s+", re.IGNORECASE)
_CERTAIN_AND: Final = re.compile(r"\s(?:and|und|và|with|mit|&|et)\s", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\s*(?:\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|（[^（）]{0,80}）|<[^<>]{0,80}>)")
_MAILBOX: Final = re.compile(r"\S+@\S+\.\S+|(?:https?://|www\.)\S+|(?<!\S)@\w+")
_TIME_BEHIND: Final = re.compile(r"(?:\s|^)(?:\d|(?:on|am|le|el|vom)\s+\d).*$", re.DOTALL)
_SAID_BEHIND: Final = re.compile(
    r"\b(?:published|updated?|posted|last modified|veröffentlicht|aktualisiert|stand|publi[ée]e?|mis à jour|"
    r"publicad[oa]|actualizad[oa]|pubblicato|aggiornato|min(?:ute)?s? read|lesezeit|follow|share)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_TITLE_BEHIND: Final = re.compile(r"\s*(?:기자|특파원|記者|记者|報導|报道)(?:\s.*)?$")
_NO_NAME: Final = re.compile(r"^[\d\W_]*$|^\S+\.(?:html?|php|aspx?)$|^\S+/\S*$|[{}<>=]")
# Whoever runs the site, and fields that were never filled.
_NOBODY_NAMES = """
    admin,administrator,administrador,webmaster,root,author,autor,auteur,editor,editors,staff,reporter,redaktion,redakcja,
    redakce,redaktionen,redactie,rédaction,redazione,redacción,redação,редакция,редакція,unknown,anonymous,none,null,
    undefined,name,guest,user,test,online,newsroom,news,nachrichten,team,contributor,wordpress,編集部,ban biên tập,
    toà soạn,tòa soạn,news desk,web desk,the newsroom,staff writer,staff reporter,online desk,la rédaction,
    die redaktion,no author,artikel von,more posts,la redazione,la redacción,agencies,agenturen,agências,
    agencias,theo,tổng hợp
"""
_NOBODY: Final = frozenset(name.strip() for name in _NOBODY_NAMES.split(","))
_OFFICE: Final = re.compile(
    r"\b(?:editor|reporter|correspondent|journalist|columnist|writer|producer|analyst|fellow|professor|redakteur(?:in)?|"
    r"korrespondent(?:in)?|volont[äa]r(?:in)?|reporter(?:in)?|journaliste|correspondant(?:e)?|corresponsal|redactor(?:a)?|"
    r"periodista|giornalista|inviato|redaktor(?:ka)?|dziennikarz|professorius|phóng viên|biên tập viên|newsletter|"
    r"chefredakt\w+|ressortleit\w+|autorin|director|contributor|specialist|expert)\b",
    re.IGNORECASE,
)
# Words of a name that are written small.
_SMALL_WORDS = """
    de da do dos das del della di du des le la van von der den ten ter zu zum zur bin bint ibn al el y e af av i ou ben
"""
_PARTICLES: Final = frozenset(_SMALL_WORDS.split())
_BETWEEN: Final = frozenset(("and", "und", "et", "y", "e", "và"))
# Agencies, and others, that write themselves small.
_SMALL: Final = frozenset(("dpa", "afp", "apa", "sda", "ap", "epd", "kna", "sid", "tass", "t-online", "ntb", "ritzau"))
# Words of the buttons that stand beside author lines.
_BUTTON_WORDS = """
    twitter facebook whatsapp email e-mail linkedin pinterest telegram instagram youtube reddit x.com rss share home
    menu login comments comment print save copy
    link teilen drucken merken kommentare partager imprimer commenter compartir
"""
_BUTTONS: Final = frozenset(_BUTTON_WORDS.split())


def names_in(lines: Iterable[str], is_publication: Callable[[str], bool], *, printed: bool = False) -> list[str]:
    """The names in author lines, each once, in their order; none where nobody is named but the publication itself.

    Args:
        lines: what a field for authors holds, or what is printed for one.
        is_publication: whether a name is what the publication goes by.
        printed: the lines were found on the page by what they look like, so only what looks like names is believed.
    """
    found: dict[str, str] = {}
    for line in lines:
        parts = _parts(line) if len(line) <= LONGEST else []
        if len(parts) > 1 and is_publication(parts[0]) and not printed:
            continue  # its name and its seat
        for part in parts:
            named = _looks_like_name(part) if printed else _is_name(part, alone=len(parts) == 1)
            if named and not is_publication(part):
                found.setdefault(part.casefold(), part)
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]


def is_byline(line: str) -> bool:
    """Whether a line of a text is an author line and nothing else: a word for *by*, and a few words, none small."""
    begun = BEGINS.match(line)
    words = line[begun.end() :].split() if begun else []
    capital = all(not word[0].islower() or word in _PARTICLES or word in _BETWEEN for word in words)
    return 0 < len(words) <= _MOST_WORDS and capital and line[-1] not in ".!?:"


def _parts(line: str) -> list[str]:
    """A line taken apart at what stands between names."""
    line = _SAID_BEHIND.sub("", line)
    line = _TIME_BEHIND.sub("", _MAILBOX.sub(" ", _ASIDE.sub("", _BEFORE.sub("", line))))
    parts: list[str] = []
    for part in _CERTAIN.split(line):
        between = _AND.split(part)
        # "Ortega y Gasset" is one man: each side of a small word must be a whole name, or an agency.
        whole = all(len(one.split()) > 1 or one.isupper() for one in between if one)
        parts.extend(between if whole or len(between) > 2 or _CERTAIN_AND.search(part) else [part])  # noqa: PLR2004
    tidied = (_TITLE_BEHIND.sub("", _BEFORE.sub("", one)).strip().strip(" .:-–—|*\"'").strip() for one in parts)
    return [one for one in tidied if one]


def _is_name(part: str, *, alone: bool) -> bool:
    """Whether a part can be a name. One that fills a field alone is believed in any case of its letters."""
    words = part.split()
    if not 1 < len(part) <= _LONGEST_NAME or len(words) > _MOST_WORDS or _NO_NAME.search(part):
        return False
    if part.casefold() in _NOBODY or part.casefold() in _BUTTONS:
        return False
    if alone:
        return True
    if any(character.isdigit() for character in part):
        return False
    if _OFFICE.search(part):
        return False
    return all(not word[0].islower() or word in _PARTICLES or word.isupper() for word in words) or part in _SMALL


def _looks_like_name(part: str) -> bool:
    """Whether a part of a printed line looks like the name of a person or of an agency: two words, or all capitals."""
    words = part.split()
    if len(words) > _MOST_PRINTED or any(word.casefold() in _BUTTONS for word in words):
        return False
    cased = part.lower() != part.upper()
    return _is_name(part, alone=False) and (len(words) > 1 or not cased or part in _SMALL or part.isupper())
