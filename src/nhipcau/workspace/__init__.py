"""What every screen shares: lists and their views, drafts, comments, attachments, letters, notices, imports."""
