"""The digest: what a run found, ranked, counted and written down."""

#: What a digest can be written as.
FORMATS = ("json", "html")
