"""Reads: shapes declared once, selections over them, one SQL statement whose JSON PostgreSQL builds."""
