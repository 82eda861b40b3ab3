"""Annexes in, reports out: it reads files as they really look and keeps their words; it owns no programme, task or unit."""
