"""Tasks: the seven rõ, states, who leads, coordinates and answers, milestones, deliverables, resources, links to indicators.

Refuses to own: what deadline words mean (deadlines), whether a unit, person or post is (units, people), the programme a
task stands in and its rule pack's choice (programmes), and any verdict of its own making: the rules are dated data.
"""
