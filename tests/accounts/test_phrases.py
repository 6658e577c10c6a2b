from pathlib import Path

import allauth
import django.contrib.auth

from nhipcau.accounts.phrases import BORROWED

SOURCES = [
    *Path(allauth.__file__).parent.rglob("*.py"),
    *Path(django.contrib.auth.__file__).parent.rglob("*.py"),
]


def test_borrowed_texts_are_still_those_of_the_libraries():
    said = "".join(source.read_text() for source in SOURCES)
    assert [text for text in BORROWED if f'"{text}"' not in said] == []
    assert '"This password is too short. It must contain at least %d character."' in said
