from types import SimpleNamespace

import pytest

from nhipcau.workspace.domain import heads
from nhipcau.workspace.domain.errors import IncompleteError

LONGEST = {"title": 20, "lead": 60, "symbol": 20}


def head(**fields):
    given = {"title": " Báo  cáo\nnăm ", "lead": "Dòng một\r\n\r\nDòng hai ", "symbol": "bc-bvhttdl"}
    return SimpleNamespace(**given | {"recipients": [SimpleNamespace(pk=7), SimpleNamespace(pk=3)]} | fields)


def test_head_is_cleaned_and_only_paragraphs_keep_their_lines():
    assert heads.cleaned(head(), longest=LONGEST, example="BC-BVHTTDL", paragraphs={"lead"}) == {
        "title": "Báo cáo năm",
        "lead": "Dòng một\n\nDòng hai",
        "symbol": "BC-BVHTTDL",
        "recipients": [3, 7],
    }


def test_what_is_too_long_is_said_at_its_field():
    with pytest.raises(IncompleteError) as raised:
        heads.cleaned(head(title="x" * 21), longest=LONGEST, example="BC-BVHTTDL")
    assert raised.value.field == "title"


@pytest.mark.parametrize("symbol", ["BC BVHTTDL", "BC--BVHTTDL", "-BC", "BC/", "BC;BVHTTDL"])
def test_what_is_no_symbol_is_said_with_one_that_is(symbol):
    with pytest.raises(IncompleteError, match="KH-BVHTTDL") as raised:
        heads.checked_symbol(symbol, example="KH-BVHTTDL")
    assert raised.value.field == "symbol"


@pytest.mark.parametrize("symbol", ["", "CV-BVHTTDL", "BVHTTDL-TTĐN", "A&B/C.D"])
def test_symbols_of_the_administration_are_taken(symbol):
    assert heads.checked_symbol(f" {symbol.lower()} ") == symbol


def test_what_was_typed_is_kept_as_its_form_sends_it():
    assert heads.typed({"title": "Báo cáo", "recipients": [3, 7]}) == {"title": ["Báo cáo"], "recipients": ["3", "7"]}
