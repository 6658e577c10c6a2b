"""Filters that are a plain form, where a FilterSet would be more than is needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import QueryDict


class FormFilter:
    """A form and a function ``(rows, cleaned) -> rows``; ``cleaned`` holds only what could be read.

    ``filters=FormFilter.of(ThingsForm, narrow)`` in a listing.
    """

    def __init__(self, data: QueryDict, *, queryset: Any, form: type[forms.Form], narrow: Callable[..., Any]) -> None:
        self.data, self.queryset = data, queryset
        self._form, self._narrow = form, narrow

    @classmethod
    def of(cls, form: type[forms.Form], narrow: Callable[..., Any]) -> Callable[..., FormFilter]:
        """What a listing takes as its ``filters``."""

        def made(data: QueryDict, *, queryset: Any) -> FormFilter:
            return cls(data, queryset=queryset, form=form, narrow=narrow)

        return made

    @cached_property
    def form(self) -> forms.Form:
        """The form, filled with what was asked."""
        return self._form(self.data)

    @cached_property
    def qs(self) -> Any:
        """The rows that fit; a field that could not be read narrows nothing."""
        self.form.is_valid()
        return self._narrow(self.queryset, self.form.cleaned_data)
