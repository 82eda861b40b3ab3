"""The provable record: one canonical entry for each act on an object, committed in the act's own transaction.

Refuses to own: delivery of events to others (events), and any decision about what may be done.
"""
