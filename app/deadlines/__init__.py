"""Deadlines: the working calendar, the reading of deadline wording, the day something is due, whether it is in time.

Owns: what a deadline's verbatim words mean, which days are worked, the last permitted day, timeliness as of a day.
Refuses: to store timeliness (it is computed), to guess what words do not say (they stay verbatim, marked unread),
to know what a deadline is *of* (tasks, milestones and duties live above), and to extend one (that is an act of power).
"""
