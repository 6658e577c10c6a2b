"""The programme room: directives and their clauses, tasks given to offices, plans, recommendations."""
