"""Who may do what, where: a first filler of the port. Powers come from positions held today, and from nothing else.

Refuses to own: who holds a position (people). Grants, delegations and duties kept apart come with their own tables.
"""
