from nhipcau.reporting.models.campaign import (
    GIVEN,
    Campaign,
    CampaignClass,
    CampaignOffice,
    CampaignState,
    Estimate,
    PeriodKind,
)
from nhipcau.reporting.models.form import FormState, FormVersion, ReportForm
from nhipcau.reporting.models.report import (
    EDITABLE,
    WITH_THE_OFFICE,
    WITH_THE_RECEIVER,
    LockException,
    OfficeState,
    Report,
    ReportDraft,
    ReportPart,
    ReportState,
)
from nhipcau.reporting.models.submission import Submission, Value
from nhipcau.reporting.models.workbook import GivenWorkbook, WorkbookState

__all__ = [
    "EDITABLE",
    "GIVEN",
    "WITH_THE_OFFICE",
    "WITH_THE_RECEIVER",
    "Campaign",
    "CampaignClass",
    "CampaignOffice",
    "CampaignState",
    "Estimate",
    "FormState",
    "FormVersion",
    "GivenWorkbook",
    "LockException",
    "OfficeState",
    "PeriodKind",
    "Report",
    "ReportDraft",
    "ReportForm",
    "ReportPart",
    "ReportState",
    "Submission",
    "Value",
    "WorkbookState",
]
