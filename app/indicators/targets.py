"""Targets as Vietnamese documents word them, read.

A cell of an annex or a whole sentence goes in, with the words of its unit column if there is one; out come the
values with comparator, unit and direction, or the kind of target it is where there is no value. Nothing is
guessed silently: what was taken for granted is flagged, what may be meant otherwise is a question, and what
cannot be read stays verbatim with the reason.
"""

from dataclasses import replace

from app.core.text import Text
from app.indicators import target_questions as ask
from app.indicators.target_clauses import Clause, clauses, completed
from app.indicators.target_cues import Sense, sense
from app.indicators.target_names import is_year, wording
from app.indicators.target_parts import (
    Comparator,
    Direction,
    TargetKind,
    TargetPart,
    TargetReading,
    reached,
)
from app.indicators.target_pieces import Piece, Wording
from app.indicators.target_quantities import CUE_ROLES, Quantity, quantities
from app.indicators.target_scopes import condition, each, scope
from app.indicators.target_units import NO_UNIT, Unit, cell_unit
from app.indicators.target_verbal import verdict
from app.indicators.target_words import Role

__all__ = ["Comparator", "Direction", "TargetKind", "TargetPart", "TargetReading", "reached", "read_target"]

# Longer than any wording of a target seen, short enough that a pasted document is refused at once.
MAX_LENGTH = 4_000


def read_target(words: str, unit_words: str = "") -> TargetReading:
    """What the words of a target say, under the words of its unit column. Never raises.

    A bare number is taken as "at least" (a rank, a burden and "còn 3%" as "at most") and flagged.
    """
    reading = TargetReading(words=words, unit_words=unit_words, kind=TargetKind.UNREAD)
    if len(words) > MAX_LENGTH or len(unit_words) > MAX_LENGTH:
        return replace(reading, why=ask.TOO_LONG)
    cell = cell_unit(unit_words)
    if not words.strip():
        return (
            replace(reading, kind=TargetKind.PARENT)
            if cell == NO_UNIT
            else replace(reading, why=ask.NO_VALUE)
        )
    text = wording(words)
    found = quantities(text, cell)
    if isinstance(found, Text):
        return replace(reading, why=found, binding=not _aspires(text))
    if _is_bare_year(text, found):
        return replace(reading, why=ask.NO_TARGET_NUMBER)
    return _valued(reading, text, found, cell) if found else _verbal(reading, text)


def _valued(reading: TargetReading, text: Wording, found: list[Quantity], cell: Unit) -> TargetReading:
    read = [completed(text, clause) for clause in clauses(text, found)]
    senses = [sense(text, clause) for clause in read]
    parts = tuple(_part(text, clause, meant) for clause, meant in zip(read, senses, strict=True))
    return replace(
        reading,
        kind=_kind(parts, read, cell),
        parts=parts,
        binding=any(part.binding for part in parts),
        condition="; ".join(filter(None, (condition(text, clause) for clause in read))) or None,
        comparator_assumed=any(meant.assumed for meant in senses),
        questions=tuple(
            dict.fromkeys(
                (*(each for meant in senses for each in meant.questions), *_of_whole(text, parts, read))
            )
        ),
    )


def _kind(parts: tuple[TargetPart, ...], read: list[Clause], cell: Unit) -> TargetKind:
    if cell.rank or any(clause.quantity.rank for clause in read):
        return TargetKind.RANK
    return TargetKind.RANGE if any(part.high is not None for part in parts) else TargetKind.NUMBER


def _part(text: Wording, clause: Clause, meant: Sense) -> TargetPart:
    quantity = clause.quantity
    return TargetPart(
        comparator=meant.comparator,
        direction=meant.direction,
        value=quantity.low,
        high=quantity.high,
        unit=quantity.unit.name,
        per=quantity.unit.per or each(text, clause),
        scope=scope(text, clause),
        baseline=clause.baseline_words(text),
        change=meant.change,
        binding=not _aspires(text, quantity.number),
    )


def _verbal(reading: TargetReading, text: Wording) -> TargetReading:
    found = verdict(text)
    part = found.comparator and TargetPart(
        comparator=found.comparator,
        direction=Direction.HIGHER_IS_BETTER
        if found.comparator is Comparator.AT_LEAST
        else Direction.LOWER_IS_BETTER,
        level=found.level,
        binding=not _aspires(text),
    )
    return replace(
        reading,
        kind=found.kind,
        parts=(part,) if part else (),
        binding=not _aspires(text),
        comparator_assumed=found.assumed,
        questions=(*found.questions, *_of_spelling(text)),
        why=found.why,
    )


def _aspires(text: Wording, before: int | None = None) -> bool:
    """Whether the words up to a place strive only: from "phấn đấu" to the end of the sentence or of its list."""
    aspiring = listed = False
    last = ""
    for piece in text.pieces[:before]:
        if piece.role is Role.ASPIRE:
            aspiring = True
        elif piece.role is Role.BREAK and piece.words != ";":
            listed = listed or (aspiring and last == ":")
            aspiring = aspiring and listed
        last = piece.words
    return aspiring


def _of_whole(text: Wording, parts: tuple[TargetPart, ...], read: list[Clause]) -> tuple[Text, ...]:
    asked: list[Text] = []
    if len({(part.scope, part.unit) for part in parts}) < len(parts):
        asked.append(ask.SEVERAL_VALUES)
    if len({part.binding for part in parts}) > 1:
        asked.append(ask.BINDING_AND_ASPIRED)
    if any(clause.quantity.nothing for clause in read) and any(map(_names_years, text.pieces)):
        asked.append(ask.EXPIRING_STANDARD)
    return (*asked, *_of_spelling(text))


def _names_years(piece: Piece) -> bool:
    return piece.role is Role.NAME and is_year(piece.words)


def _of_spelling(text: Wording) -> tuple[Text, ...]:
    """A question where cues were recognised without their marks."""
    cue = any(piece.role in CUE_ROLES - {Role.TOP} and piece.words[0].isalpha() for piece in text.pieces)
    return (ask.UNMARKED,) if text.bare and cue else ()


def _is_bare_year(text: Wording, found: list[Quantity]) -> bool:
    alone = len(found) == 1 and found[0].behind - found[0].cues == len(text.pieces) == 1
    return alone and found[0].unit.name is None and is_year(text.text.strip())
