"""Logging: one JSON object a line on standard error, Vietnamese letters as they are. Never the content of what was sent."""

import json
import logging
import sys
from typing import Any

import structlog


def _dumped(value: Any, **_: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def set_up(level: str) -> None:
    """Configures the process's logging."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=_dumped),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
