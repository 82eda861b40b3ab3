"""Units through time: founded, renamed, moved, merged, split, dissolved; their successors; the tree as of a date.

Refuses to own: who holds a post in a unit (people), what a unit owes (tasks), and any meaning inside a code.
"""
