"""The press room: outlets and their sources, articles, stories, digests."""
