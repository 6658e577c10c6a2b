"""A report as an Excel workbook: written filled, filled in offline, and read back. No Django."""

from nhipcau.documents.forms.workbook.findings import Finding, Reading
from nhipcau.documents.forms.workbook.guide import Cover
from nhipcau.documents.forms.workbook.identity import Identity
from nhipcau.documents.forms.workbook.reading import read_workbook, report_in
from nhipcau.documents.forms.workbook.writing import write_workbook

__all__ = ["Cover", "Finding", "Identity", "Reading", "read_workbook", "report_in", "write_workbook"]
