"""Reading the wording of a deadline: `read_deadline` turns Vietnamese words into a rule, or says why it cannot."""

from app.core.text import nfc
from app.deadlines.assembly import assembled
from app.deadlines.clauses import parts_of
from app.deadlines.reading import DeadlineKind, DeadlineReading
from app.deadlines.reasons import AS_ABOVE, TOO_LONG, Unreadable
from app.deadlines.tokens import Cursor, Token, tokens_of

LONGEST = 2000
# "Nobody has said yet" is a deadline missing, not one that cannot be read.
_NOT_SAID = (
    "chưa xác định thời hạn",
    "chưa xác định thời gian",
    "chưa xác định",
    "chưa rõ",
    "chưa có",
    "không xác định",
    "không có",
    "không",
    "n / a",
)
_AS_ABOVE = ("như trên", "nt", "n . t")
_DITTO_MARKS = frozenset("\"'“”〃")
_BULLETS = frozenset("-+*,;:)")
_STOPS = frozenset(".,;:!)*")


def read_deadline(words: str, *, year: int | None = None) -> DeadlineReading:
    """The rule in the words of a deadline cell; never raises, never guesses: what is not understood is `unread`.

    `year` is the document's year; it is used only where the phrase says none, and then `assumed_year` is set.
    A bare year, month or quarter gives only its end; "từ", a range and "trở đi" also give a start. "trước" excludes
    the day named, "đến", "hết", "chậm nhất" include it. Weekends and holidays move nothing here: see `rules.due_day`.
    """
    verbatim = nfc(words)
    if len(verbatim) > LONGEST:
        return DeadlineReading(verbatim, DeadlineKind.UNREAD, why=TOO_LONG.filled(limit=LONGEST))
    tokens = _bared(tokens_of(verbatim))
    if _refers_above(verbatim, tokens):
        return DeadlineReading(verbatim, DeadlineKind.UNREAD, why=AS_ABOVE)
    if not tokens or _is_all(verbatim, tokens, _NOT_SAID):
        return DeadlineReading(verbatim, DeadlineKind.MISSING)
    try:
        return assembled(parts_of(Cursor(verbatim, tokens)), verbatim, year)
    except Unreadable as unreadable:
        return DeadlineReading(verbatim, DeadlineKind.UNREAD, why=unreadable.why)


def _bared(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without the bullets before and the stops after; nothing is left of a cell that holds only signs.

    Blanks to fill in ("…/2026", "tháng 6/…", "2025 - ") are kept, so that nothing is read past them.
    """
    if not any(token.is_word or token.number is not None for token in tokens):
        return ()
    first, last = 0, len(tokens)
    while tokens[first].bare in _BULLETS:
        first += 1
    if [token.bare for token in tokens[-3:]] == [".", "/", "."]:
        last -= 3
    while tokens[last - 1].bare in _STOPS and tokens[last - 2].bare != ".":
        last -= 1
    return tokens[first:last]


def _refers_above(words: str, tokens: tuple[Token, ...]) -> bool:
    """A ditto: the deadline stands in the row above, which this reader cannot see."""
    signs = "".join(words.split())
    return (bool(signs) and _DITTO_MARKS.issuperset(signs)) or _is_all(words, tokens, _AS_ABOVE)


def _is_all(words: str, tokens: tuple[Token, ...], phrases: tuple[str, ...]) -> bool:
    """The tokens are one of the phrases, dashes behind it apart ("-nt-"), and nothing else."""
    cursor = Cursor(words, tokens)
    found = cursor.took(*phrases)
    cursor.took("-")
    return found and cursor.done
