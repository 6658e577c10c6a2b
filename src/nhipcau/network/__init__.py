"""Organisations over time: what a body is called, what it belongs to and how long it exists."""
