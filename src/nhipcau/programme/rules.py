"""Who may do what in the programme room."""
