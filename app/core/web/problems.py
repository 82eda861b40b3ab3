"""RFC 9457 problem details in Vietnamese or English, and the language a caller asks for."""

from typing import Any

from app.core.errors import Flaw, Refused
from app.core.ids import new_id
from app.core.text import Language

PROBLEM = b"application/problem+json"
TYPES = "/v1/problems/"


def language_of(header: str | None) -> Language:
    """Vietnamese unless English is preferred (RFC 9110 quality values)."""
    if not header:
        return "vi"
    best: tuple[float, Language] = (0.0, "vi")
    for part in header.lower().split(",")[:20]:
        tag, _, parameters = part.strip().partition(";")
        quality = _quality(parameters)
        primary = tag.split("-")[0]
        if primary in {"vi", "en"} and quality > best[0]:
            best = (quality, "en" if primary == "en" else "vi")
    return best[1]


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def problem(refused: Refused, language: Language, instance: str) -> dict[str, Any]:
    """The problem document of a refusal. `type` is an address this service answers."""
    document: dict[str, Any] = {
        "type": TYPES + refused.refusal.code,
        "title": refused.refusal.title.of(language),
        "status": refused.refusal.status,
        "detail": refused.detail.of(language),
        "instance": instance,
        "code": refused.refusal.code,
        "trace_id": new_id().hex,
    }
    if refused.flaws:
        document["errors"] = [shown(flaw, language) for flaw in refused.flaws]
    return document


def shown(flaw: Flaw, language: Language) -> dict[str, Any]:
    """One flaw as the contract shows it."""
    return {
        "pointer": flaw.pointer,
        "code": flaw.code,
        "message": flaw.message.of(language),
        "rule": flaw.rule,
    }
