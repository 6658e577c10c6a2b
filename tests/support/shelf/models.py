"""Tables for tests of access: an owned parent, an owned child, a link between them, a reference table."""

from datetime import date

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from nhipcau.access import Scoped


class Shelf(Scoped):
    """Reference."""

    name = models.CharField(max_length=50)

    @classmethod
    def visible_to(cls, access):
        return models.Q()


class Book(Scoped):
    """Owned by an office, by id."""

    office = models.IntegerField()
    title = models.CharField(max_length=50, unique=True)
    shelf = models.ForeignKey(Shelf, models.CASCADE, null=True, related_name="books")
    printed = models.DateField(default=date(2020, 1, 1))
    sequel_to = models.OneToOneField("self", models.CASCADE, null=True, related_name="sequel")
    borrowed = models.ManyToManyField(Shelf, through="Loan", related_name="lent")

    class Meta(Scoped.Meta):
        get_latest_by = "pk"

    @classmethod
    def visible_to(cls, access):
        return models.Q(office__in=access.organisations())


class Loan(Scoped):
    """Reference, between books and shelves."""

    book = models.ForeignKey(Book, models.CASCADE)
    shelf = models.ForeignKey(Shelf, models.CASCADE)

    @classmethod
    def visible_to(cls, access):
        return models.Q()


class Page(Scoped):
    """Owned through its book: the rule makes a join."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="pages")
    text = models.CharField(max_length=50)

    @classmethod
    def visible_to(cls, access):
        return models.Q(book__office__in=access.organisations())


class Note(Scoped):
    """Owned by an office, or given to another: one of two conditions, of which one joins the book."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="notes")
    given_to = models.IntegerField(null=True)
    text = models.CharField(max_length=50)

    @classmethod
    def visible_to(cls, access):
        mine = access.organisations()
        return models.Q(book__office__in=mine) | models.Q(given_to__in=mine)


class Label(Scoped):
    """Reference, stuck on anything."""

    # Apps without migrations get their tables first: PostgreSQL would look for the other table in vain.
    kind = models.ForeignKey(ContentType, models.CASCADE, db_constraint=False)
    object_id = models.PositiveIntegerField()
    target = GenericForeignKey("kind", "object_id")

    @classmethod
    def visible_to(cls, access):
        return models.Q()
