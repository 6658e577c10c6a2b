"""What narrows the lists of the programme room: forms by plain GET, every field optional."""
