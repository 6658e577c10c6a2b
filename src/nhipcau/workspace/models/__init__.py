from nhipcau.workspace.models.notice import Channel, Notice, NoticeChoice, NoticeTimes

__all__ = ["Channel", "Notice", "NoticeChoice", "NoticeTimes"]
