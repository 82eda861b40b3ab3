"""The outbox: what happened, for those outside and for reactions that may wait; written inside the act.

Refuses to own: the record of power (audit), and what an event means to whoever reads it.
"""
