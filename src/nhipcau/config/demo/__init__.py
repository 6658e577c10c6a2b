"""The demonstration: sample people and offices, a sample newsroom, the desk and its worker, on this machine alone."""
