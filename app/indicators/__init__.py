"""Indicators: what is to be reached, how it is measured, and where it is heading.

This room owns definitions of indicators (name, unit, direction, who measures), their targets with the
original words, measurements, the roll-up of parts into a whole, and the forecast along a trajectory.
It refuses to own the programme a target stands in (programmes), the tasks that move it and what counts as
their result (tasks), the grade anyone earns by it (evaluation), and any figure nobody stands for: a wording
that cannot be read stays verbatim and unread, and a missing measurement is never filled in.
"""
