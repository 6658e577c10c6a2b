"""Report forms as plain data: what a form asks, what an office answered, what is wrong with the answers. No Django."""

from nhipcau.documents.forms.answers import Answers, FigureAnswer, PulledFigure, Row, TableAnswer
from nhipcau.documents.forms.form import (
    Axis,
    Choice,
    Column,
    FigureItem,
    FileItem,
    Form,
    FormError,
    Item,
    Rule,
    Section,
    TableItem,
    TextItem,
)

__all__ = [
    "Answers",
    "Axis",
    "Choice",
    "Column",
    "FigureAnswer",
    "FigureItem",
    "FileItem",
    "Form",
    "FormError",
    "Item",
    "PulledFigure",
    "Row",
    "Rule",
    "Section",
    "TableAnswer",
    "TableItem",
    "TextItem",
]
