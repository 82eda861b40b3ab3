"""Basis documents and their clauses: how a paper is numbered, who issued it, when, in which term, and what it says.

Owns: the number as printed and what can be read of it, the type beside the number, the clauses that others cite.
Refuses to own: the programmes a document carries (programmes), the tasks that answer a clause (tasks), files and
scans, and material with a secrecy marking, which is refused at every door.
"""
