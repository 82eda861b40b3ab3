"""Programmes: of action, of work, plans; their content groups, what they make concrete, whom they address.

Owns: which unit answers for a programme, its several parents (documents and programmes), its groups as printed,
its addressees, its issuing, and who may see it and its parts.
Refuses to own: the tasks and indicators that stand in its groups (tasks, indicators), the wording and number of the
document that carries it (documents), and the rules of its pack (tasks): a programme only names the pack.
"""
