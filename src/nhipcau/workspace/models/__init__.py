from nhipcau.workspace.models.mail import Mail, MailState, RefusedAddress
from nhipcau.workspace.models.notice import Channel, Notice, NoticeChoice, NoticeTimes

__all__ = ["Channel", "Mail", "MailState", "Notice", "NoticeChoice", "NoticeTimes", "RefusedAddress"]
