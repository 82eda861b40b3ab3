"""Who may do what, over whose matters, how far, until when, and by whose hand: grants to positions, delegations between
holders, duties kept apart, interests; the decision with its chain.

Refuses to own: who holds a position (people), and what is done with a power (the rooms above).
"""
