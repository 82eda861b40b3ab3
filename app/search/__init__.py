"""Search over everything that has words: Vietnamese with or without marks, by prefix, document numbers too.

Refuses to own: the words themselves. Each table keeps its own search column; here they are only looked through together.
"""
