"""Law as dated data: legal bases, deadlines, working days, cut-offs, each with the days between which it applies.

The room holds no table yet. It stands here because every room above may ask it when something is due.
"""
