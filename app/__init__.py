"""Bảy Rõ: who leads, what is owed, by when, by what right, with what result — and proof of it."""
