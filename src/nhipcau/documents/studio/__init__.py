"""Word templates that an office maintains itself: which kinds there are, what may stand in them, and filling them in.

A template comes from outside and is hostile until proved otherwise: its package is looked through before it is opened
(:mod:`nhipcau.documents.studio.checking`), and it is filled in a process of its own, in a sandbox, within limits of
time, memory and size (:mod:`nhipcau.documents.studio.filling`).
"""
