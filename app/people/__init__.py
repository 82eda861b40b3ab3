"""Persons, positions, holdings over time, acting holders; turns a token into an Actor.

Refuses to own: what a position may do (authority), evaluations, membership and other sensitive personal records.
"""
