"""The demo: an illustrative organisation and programme with invented persons, loaded once, through verbs, and marked.

Refuses any database that holds something else already.
"""
