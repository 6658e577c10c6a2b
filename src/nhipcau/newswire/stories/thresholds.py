"""Thresholds of stories, and what they were chosen on.

Chosen beforehand on topics 1 to 16 of the ECB+ articles, and kept where neither matters much: with JOINED from 0.10 to
0.13 BCubed F1 is between 0.940 and 0.946 there. Of those as good, the ones that keep the events of the sample newsroom
apart, all of which are about one country.
"""

#: A story that nothing was added to for so long is over; what comes after is another one.
WINDOW_DAYS = 7

#: Two groups are one story from this likeness on, and where they are as alike as this share of what each is in itself.
JOINED, COHESION = 0.11, 0.6
#: Added to JOINED, divided by how many pairs of articles two stories have: one pair may be alike by chance.
DOUBT = 0.05
#: One by one, half of a story's articles must be at least this like a new one. On ECB+ this never decides, because
#: small stories are grouped afresh; it keeps a large one from being joined through a few of its articles.
ALIKE, QUORUM = 0.08, 0.5
#: Stories this like a touched one, as a share of JOINED, are grouped afresh with it, up to so many articles. One that
#: is joined by an article this like it, and has no such story around it, is left as it is.
AROUND, SURE, MOST_AT_ONCE = 0.75, 1.5, 40
#: What the index may see of a likeness, and how far below cohesion the likeness of one article may be to that of its
#: story.
NEARLY = 0.7
#: So many times as large as when it was last grouped a story must be to be grouped again.
GROWN = 1.25
#: Of the stories that the index finds, so many are compared, and none that is less than this part as like as the first.
COMPARED, LEAST_PART = 6, 0.4
