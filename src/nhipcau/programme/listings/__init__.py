"""The lists of the programme room, one file each."""
