from nhipcau.workspace.models.attached import Attached, Host, host_named, host_of, on, register_host
from nhipcau.workspace.models.attachment import Attachment, FileKind, FilePurpose
from nhipcau.workspace.models.bulk_run import BulkRun
from nhipcau.workspace.models.calendar_feed import CalendarFeed
from nhipcau.workspace.models.comment import Audience, Comment
from nhipcau.workspace.models.import_file import ImportFile
from nhipcau.workspace.models.issue import FixedAtIssueError, Issued, Received, numbered_once
from nhipcau.workspace.models.letter import (
    EDITABLE,
    SENT,
    CameBy,
    Direction,
    Letter,
    LetterRecipient,
    LetterState,
    Purpose,
)
from nhipcau.workspace.models.mail import Mail, MailState, RefusedAddress
from nhipcau.workspace.models.notice import Channel, Notice, NoticeChoice, NoticeTimes
from nhipcau.workspace.models.numbers import NumberRegister, Register
from nhipcau.workspace.models.revision import Revision
from nhipcau.workspace.models.saved_view import DefaultView, SavedView
from nhipcau.workspace.models.template import DocumentTemplate
from nhipcau.workspace.models.writing import EditLock, UnsavedText

__all__ = [
    "EDITABLE",
    "SENT",
    "Attached",
    "Attachment",
    "Audience",
    "BulkRun",
    "CalendarFeed",
    "CameBy",
    "Channel",
    "Comment",
    "DefaultView",
    "Direction",
    "DocumentTemplate",
    "EditLock",
    "FileKind",
    "FilePurpose",
    "FixedAtIssueError",
    "Host",
    "ImportFile",
    "Issued",
    "Letter",
    "LetterRecipient",
    "LetterState",
    "Mail",
    "MailState",
    "Notice",
    "NoticeChoice",
    "NoticeTimes",
    "NumberRegister",
    "Purpose",
    "Received",
    "RefusedAddress",
    "Register",
    "Revision",
    "SavedView",
    "UnsavedText",
    "host_named",
    "host_of",
    "numbered_once",
    "on",
    "register_host",
]
