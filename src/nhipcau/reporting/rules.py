"""Who may do what in the reporting room."""
