"""Symbols inside document numbers: what a type's symbol may stand for, and which series an issuer's symbol tells.

Sources: Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW (2026) for the Party; Nghị định 30/2020/NĐ-CP for the State.
"""

import re
from enum import StrEnum

from app.core.text import Text


class Series(StrEnum):
    """Which way of numbering a number belongs to."""

    PARTY = "party"
    STATE = "state"
    UNKNOWN = "unknown"


TYPES: dict[str, tuple[Text, ...]] = {
    "NQ": (Text("Nghị quyết", "resolution"),),
    "CT": (Text("Chỉ thị", "directive"),),
    "KL": (Text("Kết luận", "conclusion"),),
    "QĐ": (Text("Quyết định", "decision"), Text("Quy định", "regulation")),
    "QĐi": (Text("Quy định", "regulation"),),
    "QC": (Text("Quy chế", "working rules"),),
    "TB": (Text("Thông báo", "notice"),),
    "TT": (Text("Thông tri", "Party circular"), Text("Thông tư", "State circular")),
    "HD": (Text("Hướng dẫn", "guidance"),),
    "CTr": (Text("Chương trình", "programme"),),
    "KH": (Text("Kế hoạch", "plan"),),
    "ĐA": (Text("Đề án", "scheme"),),
    "BC": (Text("Báo cáo", "report"),),
    "TTr": (Text("Tờ trình", "submission"),),
    "CV": (Text("Công văn", "official letter"),),
    "PA": (Text("Phương án", "option paper"),),
    "DA": (Text("Dự án", "project"),),
    "BB": (Text("Biên bản", "minutes"),),
    "NĐ": (Text("Nghị định", "decree"),),
    "L": (Text("Luật", "law"), Text("Lệnh", "order")),
    "PL": (Text("Pháp lệnh", "ordinance"),),
    "CĐ": (Text("Công điện", "telegram"),),
    "NQLT": (Text("Nghị quyết liên tịch", "joint resolution"),),
    "TTLT": (Text("Thông tư liên tịch", "joint circular"),),
    "CTPH": (Text("Chương trình phối hợp", "programme of cooperation"),),
    "KHPH": (Text("Kế hoạch phối hợp", "plan of cooperation"),),
    "QCPH": (Text("Quy chế phối hợp", "rules of cooperation"),),
    "HDLT": (Text("Hướng dẫn liên tịch", "joint guidance"),),
}
"""What each symbol may stand for. More than one meaning: the symbol alone does not give the type."""

_BY_LETTERS = {symbol.casefold(): symbol for symbol in TYPES}
_PARTY = re.compile(
    # TW, TU, ĐU, … alone or after the office of such a body (VPĐU, BTCTW, BCĐTW), inspection committees, cells.
    "(?:VP|UBKT|B[A-ZĐ]{1,6}|QU|TT)?(?:TW|TU|ĐU|HU)|ĐU[A-ZĐ0-9]+|ĐH|CB[0-9]*|UBKT[A-ZĐ]*"
)
_STATE = re.compile(
    "CP|TTG|VPCP|CTN|HĐBT|(?:QH|UBTVQH)[0-9]*|(?:VP)?(?:UBND|HĐND)[A-Z0-9]*|TTCP|KTNN|NHNN|VKSNDTC|TANDTC"
)


def known_type(symbol: str) -> str | None:
    """The symbol in its usual spelling where it is one of a type; capitals do not matter, marks do (ĐA, DA)."""
    return _BY_LETTERS.get(symbol.casefold())


def issuer_series(symbol: str) -> Series:
    """The series that an issuer's symbol tells; unknown where it tells none or its parts tell different ones."""
    told = {_told(part) for part in re.split("[-/.]", symbol.upper())} - {Series.UNKNOWN}
    return told.pop() if len(told) == 1 else Series.UNKNOWN


def _told(part: str) -> Series:
    if _PARTY.fullmatch(part):
        return Series.PARTY
    return Series.STATE if _STATE.fullmatch(part) else Series.UNKNOWN
