"""The demonstration: sample people and offices, a sample newsroom, and the desk with its worker, on this machine alone."""
