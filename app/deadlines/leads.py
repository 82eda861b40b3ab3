"""The words before a date that say which side of it is meant: trước, đến hết, chậm nhất, từ, sau, trong."""

from enum import StrEnum

from app.deadlines.tokens import Cursor


class Lead(StrEnum):
    """Which side of the named stretch is meant."""

    AT = "at"
    WITHIN = "within"
    UNTIL = "until"
    BEFORE = "before"
    FROM = "from"
    AFTER = "after"
    BREAKING_GROUND = "breaking_ground"


# "Khởi công quý II" is due then by itself, and only the beginning where "hoàn thành" follows.
DUE_LEADS = frozenset({Lead.AT, Lead.WITHIN, Lead.UNTIL, Lead.BEFORE})
# Longest first where one begins another; "không sau" and "trước hoặc trong" turn their meaning round.
_LEADS = (
    (
        Lead.UNTIL,
        ("trước hoặc trong", "trước hoặc đúng", "trước hoặc vào", "không sau", "không quá", "không chậm hơn"),
    ),
    (
        Lead.UNTIL,
        ("không muộn hơn", "không trễ hơn", "chậm nhất", "muộn nhất", "trễ nhất", "cho đến", "cho tới"),
    ),
    (Lead.UNTIL, ("không chậm quá", "không muộn quá", "không trễ quá")),
    (Lead.UNTIL, ("hoàn thành", "kết thúc", "xong", "đến", "tới", "hết")),
    (Lead.FROM, ("kể từ", "tính từ", "bắt đầu từ", "bắt đầu", "từ")),
    (Lead.BREAKING_GROUND, ("khởi công",)),
    (Lead.AFTER, ("sau",)),
    (Lead.BEFORE, ("trước",)),
    (
        Lead.WITHIN,
        (
            "trong khoảng thời gian",
            "trong thời gian",
            "trong thời hạn",
            "trong",
            "suốt",
            "vào",
            "nhân dịp",
            "dịp",
            "cả",
            "là",
        ),
    ),
    (Lead.AT, ("giai đoạn", "thời kỳ", "các", "những")),
)
# "trước mắt" is "for now", "trước hết" "first of all", "theo dõi" "to monitor": neither date nor event stands behind.
NO_LEADS = (
    "theo dõi",
    "theo đó",
    "theo đuổi",
    "theo thời gian",
    "trước mắt",
    "trước hết",
    "trước đây",
    "trước tiên",
    "trước đó",
    "sau này",
    "sau đó",
    "sau cùng",
    "sau đây",
)
_HEDGES = ("dự kiến", "phấn đấu", "khoảng", "ước")
_STRENGTH = (
    Lead.AT,
    Lead.WITHIN,
    Lead.UNTIL,
    Lead.BREAKING_GROUND,
    Lead.FROM,
    Lead.AFTER,
    Lead.BEFORE,
)


def lead(cursor: Cursor) -> tuple[Lead, bool]:
    """The lead that stands here, stepping over all its words, and whether they hedge ("vào khoảng").

    The strongest counts if several stand together: "đến trước" is before, "từ sau" is after.
    """
    found, hedged = Lead.AT, False
    while True:
        if hedge(cursor):
            hedged = True
        elif (one := _one_lead(cursor)) is not None:
            found = max(found, one, key=_STRENGTH.index)
        else:
            return found, hedged


def hedge(cursor: Cursor) -> bool:
    """Whether a hedge stands here ("dự kiến"), stepping over it."""
    return cursor.took(*_HEDGES)


def _one_lead(cursor: Cursor) -> Lead | None:
    if cursor.stands(*NO_LEADS):
        return None
    for meaning, words in _LEADS:
        if cursor.took(*words):
            return meaning
    return None
