import pytest
from django import forms
from django.core.exceptions import ValidationError

from nhipcau.access import NoAccessOpenError, opened
from tests.support.shelf.models import Book, Page
from tests.support.shelf.rows import OURS, THEIRS, of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]


def test_validation_accepts_no_hidden_row_as_a_foreign_key(rows):
    page = Page(book_id=rows["theirs"].pk, text="x")
    with opened(of(OURS)), pytest.raises(ValidationError):
        page.full_clean()
    with opened(of(THEIRS)):
        page.full_clean()


def test_form_field_written_at_import_time_fails_at_once(rows):
    with pytest.raises(NoAccessOpenError):
        forms.ModelChoiceField(queryset=Book.objects.all())
    with pytest.raises(NoAccessOpenError):
        type("BookForm", (forms.ModelForm,), {"Meta": type("Meta", (), {"model": Page, "fields": ["book"]})})


def test_form_field_offers_visible_rows_only(rows):
    class PageForm(forms.Form):
        book = forms.ModelChoiceField(queryset=None)

        def __init__(self, *args):
            super().__init__(*args)
            self.fields["book"].queryset = Book.objects.all()

    with opened(of(OURS)):
        assert [value.instance for value, label in PageForm().fields["book"].choices if value] == [rows["ours"]]
        assert not PageForm({"book": rows["theirs"].pk}).is_valid()
        assert PageForm({"book": rows["ours"].pk}).is_valid()
