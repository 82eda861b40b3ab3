"""Words that a cell may say around its date without changing it: acts, the body they are put before, an occasion."""

from app.deadlines.tokens import Cursor

# Between two dates the same words would tell two acts apart (trình … ban hành …), so there they are not skipped.
_ACTS = (
    "hoàn thành",
    "xong",
    "tổ chức thực hiện",
    "tổ chức",
    "thực hiện",
    "triển khai",
    "xây dựng",
    "báo cáo kết quả",
    "báo cáo",
    "trình",
    "ban hành",
    "phê duyệt",
    "thông qua",
    "công bố",
    "nghiệm thu",
    "sơ kết",
    "tổng kết",
    "gửi",
    "đưa vào sử dụng",
    "đưa vào vận hành",
    "đưa vào hoạt động",
)
_HEADINGS = (
    "thời gian thực hiện",
    "thời gian",
    "thời hạn",
    "thời điểm",
    "tiến độ",
    "lộ trình",
    "hạn chót",
    "hạn cuối",
    "hạn",
    "nhiệm vụ",
    "công việc",
    "phải",
    "cần",
    ":",
)
_BODIES = (
    "ủy ban thường vụ quốc hội",
    "quốc hội",
    "bộ chính trị",
    "ban bí thư",
    "ban chấp hành",
    "ban thường vụ",
    "thường trực",
    "thường vụ",
    "btv",
    "bch",
    "tu",
    "trung ương",
    "tw",
    "tỉnh ủy",
    "thành ủy",
    "đảng ủy",
    "cấp ủy",
    "đảng bộ",
    "thủ tướng",
    "ttcp",
    "chính phủ",
    "hội đồng nhân dân",
    "hđnd",
    "ủy ban nhân dân",
    "ubnd",
    "cấp có thẩm quyền",
    "tỉnh",
    "thành phố",
    "xã",
    "phường",
)
_OPINIONS = ("cho ý kiến", "ký", "xem xét", "quyết định", *_ACTS)
_MEETINGS = ("kỳ họp", "phiên họp", "cuộc họp", "hội nghị")
_AT_MEETINGS = tuple(f"{where} {meeting}" for where in ("tại", "vào", "trong") for meeting in _MEETINGS)
OCCASIONS = (*_AT_MEETINGS, *_MEETINGS, "tại đại hội", "đại hội")
_DATE_HEADS = ("tháng", "quý", "quí", "ngày")
# Numbers of a meeting or a document, not of a date: kỳ họp thứ 10, khóa 16, Kế hoạch số 5.
_NUMBERED = frozenset({"thu", "khoa", "so"})


def label(cursor: Cursor) -> bool:
    """Steps over words before a date: "Thời hạn:", "Trình Ban Thường vụ", "Phiên họp BTV" where its month follows."""
    if cursor.place == 0 and cursor.took("kế hoạch"):
        return True
    return _meeting(cursor) or _submission(cursor) or cursor.took(*_ACTS, *_HEADINGS)


def aside(cursor: Cursor) -> bool:
    """Steps over a closing bracket that only says what is done then, which document says so, or points to a note."""
    opened = cursor.place > 0 and cursor.tokens[cursor.place - 1].bare == "("
    if opened and cursor.place + 1 == len(cursor.tokens) and _is_note_mark(cursor):
        cursor.next()
        return True
    if not opened or not cursor.stands(*_ACTS, *OCCASIONS, "theo"):
        return False
    inside = cursor.tokens[cursor.place :]
    before = (cursor.tokens[cursor.place - 1], *inside)
    numbered = [token for token, previous in zip(inside, before, strict=False) if previous.bare in _NUMBERED]
    # "(theo kế hoạch)" may move the date; "(theo Kế hoạch số 05-KH/TU)" cites where it stands.
    cited = cursor.stands("theo") and any(token.number is not None for token in numbered)
    told = not cursor.stands("theo") and all(token.number is None or token in numbered for token in inside)
    if not (cited or told) or any(token.bare in {")", "("} for token in inside):
        return False
    cursor.place = len(cursor.tokens)
    return True


def _submission(cursor: Cursor) -> bool:
    """Trình Ban Thường vụ Tỉnh ủy cho ý kiến: whom the work is put before."""
    if not cursor.took("trình"):
        return False
    _past(cursor, (*_BODIES, *_OPINIONS))
    return True


def _meeting(cursor: Cursor) -> bool:
    """Phiên họp Ban Thường vụ tháng 6/2026: the month or day of a meeting is the date; "kỳ họp thứ 10" has none."""
    start = cursor.place
    if cursor.took(*_AT_MEETINGS, *_MEETINGS):
        _past(cursor, _BODIES)
        cursor.took(",", "trong", "vào")
        if cursor.stands(*_DATE_HEADS) and cursor.peek(1).number is not None:
            return True
    cursor.place = start
    return False


def _past(cursor: Cursor, phrases: tuple[str, ...]) -> None:
    """Steps over any number of the phrases, a comma or "và" between them included."""
    while cursor.took(*phrases):
        place = cursor.place
        if not (cursor.took(",", "và") and cursor.stands(*phrases)):
            cursor.place = place


def _is_note_mark(cursor: Cursor) -> bool:
    return cursor.peek().bare == "*" or (cursor.peek().number is not None and len(cursor.peek().bare) == 1)
