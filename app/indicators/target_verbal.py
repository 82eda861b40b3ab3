"""Targets in words alone: a level, done or not done, a pointer to another document, or a matter of judgement."""

import re
from dataclasses import dataclass

from app.core.text import Text, fold
from app.indicators import target_questions as ask
from app.indicators.target_lexicon import Lexicon, spelled
from app.indicators.target_parts import Comparator, TargetKind
from app.indicators.target_pieces import Wording
from app.indicators.target_words import Role

_WORD = re.compile(r"[^\W_]\w*")
_QUOTED = re.compile("[\"“”„'‘’«»]([^\"“”„'‘’«»]{1,200})[\"“”„'‘’«»]")
_MARKED_LEVEL = re.compile(r"[a-zđ]|[ivx]{1,4}|[0-9]{1,2}")
_FEWEST_WORDS = 2

_INTRODUCING: Lexicon[bool] = Lexicon.of(
    "xếp loại|phân loại|đánh giá|đánh giá xếp loại|được đánh giá|được xếp loại|đạt loại|đạt mức|đạt từ mức|đạt từ|"
    "từ mức|mức|từ|đạt|được|xếp|ở mức|đạt danh hiệu|danh hiệu|chất lượng",
    meaning=True,
)
_MARKERS: Lexicon[bool] = Lexicon.of("loại|mức độ|cấp độ|hạng|bậc|mức|cấp", meaning=True)
_GRADES: Lexicon[bool] = Lexicon.of(
    "hoàn thành xuất sắc nhiệm vụ|hoàn thành tốt nhiệm vụ|không hoàn thành nhiệm vụ|hoàn thành xuất sắc|hoàn thành tốt|"
    "trong sạch vững mạnh|vững mạnh|xuất sắc|giỏi|tốt|khá|trung bình khá|trung bình|yếu|rất tốt|rất hài lòng|hài lòng|"
    "loại tốt|loại khá|loại giỏi|loại xuất sắc|loại trung bình",
    meaning=True,
)
_NOT_SET: Lexicon[bool] = Lexicon.of(
    "chưa xác định|chưa có|chưa ban hành|đang cập nhật|cập nhật sau|bổ sung sau|sẽ xác định|xác định sau|không áp dụng|"
    "đang xây dựng|chưa giao|n a|tbd|chưa có số liệu",
    meaning=True,
)
_DOCUMENTS: Lexicon[bool] = Lexicon.of(
    "quy định|quy chế|kế hoạch|chỉ tiêu|quyết định|nghị quyết|nghị định|thông tư|luật|hướng dẫn|chỉ đạo|đề án|"
    "chương trình|phân bổ|dự toán|tiêu chuẩn|tiêu chí|bộ tiêu chí|lộ trình|phụ lục|văn bản|phê duyệt|danh mục|điều lệ|"
    "mục tiêu|kết luận|chỉ thị|chiến lược|quy hoạch|giao|chuẩn",
    meaning=True,
)
_POINTING: Lexicon[bool] = Lexicon.of("theo|theo đúng|theo các|theo những|theo đúng các", meaning=True)
_ASSIGNED: Lexicon[bool] = Lexicon.of(
    "được giao|cấp trên giao|trung ương giao|chính phủ giao|tỉnh giao|kế hoạch giao|chỉ tiêu giao|đạt kế hoạch|"
    "vượt kế hoạch|đạt chỉ tiêu|hoàn thành kế hoạch|hoàn thành chỉ tiêu|quy định của pháp luật",
    meaning=True,
)
_DONE: Lexicon[bool] = Lexicon.of(
    "hoàn thành|đạt chuẩn|đạt yêu cầu|đạt tiêu chuẩn|được phê duyệt|được ban hành|được công nhận|được thông qua|"
    "được thành lập|được nghiệm thu|được cấp|được công bố|đi vào hoạt động|đi vào vận hành|đưa vào sử dụng|"
    "đưa vào vận hành|đưa vào hoạt động|đưa vào khai thác|đã có|làm xong|xong",
    meaning=True,
)
_DONE_AT_HEAD: Lexicon[bool] = Lexicon.of(
    "ban hành|phê duyệt|thành lập|khánh thành|khởi công|vận hành|công bố|ký kết|hình thành|có|thông qua|đưa vào|trình|"
    "bàn giao|nghiệm thu",
    meaning=True,
)
_YES_OR_NO = frozenset(
    {"co", "khong", "dat", "xong", "co khong", "dat khong dat", "roi", "da", "khong dat", "yes", "no"}
)
_IMPROVING: Lexicon[bool] = Lexicon.of(
    "chuyển biến|bước|tiến bộ|nâng|cải thiện|rõ rệt|mạnh mẽ|đột phá|tiến triển|trình độ|khả năng|đủ năng lực",
    meaning=True,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What words without a value amount to; `level` and `comparator` for an ordinal."""

    kind: TargetKind
    level: str | None = None
    comparator: Comparator | None = None
    assumed: bool = False
    questions: tuple[Text, ...] = ()
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text with their keys and places."""

    text: str
    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    bare: bool

    def finds(self, phrases: Lexicon[bool]) -> bool:
        """Whether one of the phrases stands anywhere."""
        return bool(phrases.find(self.keys, bare=self.bare))

    def opens_with(self, phrases: Lexicon[bool]) -> int:
        """Number of words of the phrase at the head; 0 where there is none."""
        found = phrases.at(self.keys, 0, bare=self.bare)
        return found[0] if found else 0

    def behind(self, count: int) -> "_Words":
        """The same without the first words."""
        return _Words(self.text, self.keys[count:], self.spans[count:], self.bare)

    def until(self, place: int) -> "_Words":
        """The words that end before a place of the text."""
        count = sum(end <= place for _, end in self.spans)
        return _Words(self.text, self.keys[:count], self.spans[:count], self.bare)

    def __str__(self) -> str:
        return self.text[self.spans[0][0] : self.spans[-1][1]] if self.spans else ""


def verdict(text: Wording) -> Verdict:
    """What a wording without a value amounts to."""
    words = _subject(text)
    if not words.keys:
        return _nothing_said(text)
    if words.opens_with(_NOT_SET) or fold(" ".join(words.keys)) == "khong co":
        return Verdict(TargetKind.UNREAD, why=ask.NOT_SET_YET)
    return _level(text, words) or _pointer(words) or _done(text, words) or _judged(text, words)


def _subject(text: Wording) -> _Words:
    """The words behind the striving at their head, times and names left out where nothing else is there."""
    start = next((piece.start for piece in text.pieces if piece.role is not Role.ASPIRE), len(text.text))
    spans = [match.span() for match in _WORD.finditer(text.text, start)]
    key = fold if text.bare else spelled
    words = tuple(key(text.text[first:behind]) for first, behind in spans)
    return _Words(text.text, words, tuple(spans), text.bare)


def _nothing_said(text: Wording) -> Verdict:
    striving = any(piece.role is Role.ASPIRE for piece in text.pieces)
    return Verdict(TargetKind.UNREAD, why=ask.ASPIRATION_ONLY if striving else ask.NOTHING_SAID)


def _level(text: Wording, words: _Words) -> Verdict | None:
    after = next((piece for piece in text.pieces if piece.role is Role.AFTER), None)
    if after is None:
        level = _bare_level(words)
        return Verdict(TargetKind.ORDINAL, level, Comparator.AT_LEAST, assumed=True) if level else None
    said = words.until(after.start)
    quoted = [match[1].strip() for match in _QUOTED.finditer(text.text, 0, after.start)]
    level = quoted[-1] if quoted else _marked_level(said) or str(_introduced(said))
    return Verdict(TargetKind.ORDINAL, level, after.comparator) if level else None


def _introduced(words: _Words) -> _Words:
    """The words behind the last "xếp loại", "đạt", "từ mức"."""
    behind = max((end for _, end, _ in _INTRODUCING.find(words.keys, bare=words.bare)), default=0)
    return words.behind(behind) if behind < len(words.keys) else words


def _bare_level(words: _Words) -> str | None:
    """`Xếp loại Tốt`, `Hoàn thành tốt nhiệm vụ`, `mức độ 4`: nothing but a level."""
    if marked := _marked_level(words):
        return marked
    while length := words.opens_with(_INTRODUCING):
        words = words.behind(length)
    graded = bool(words.keys) and words.opens_with(_GRADES) == len(words.keys)
    return str(words) if graded else None


def _marked_level(words: _Words) -> str | None:
    """`loại A`, `mức độ 4`, `đô thị loại II`: a marker and its letter or number at the end."""
    for first, behind, _ in _MARKERS.find(words.keys, bare=words.bare):
        if behind == len(words.keys) - 1 and _MARKED_LEVEL.fullmatch(fold(words.keys[-1])):
            return str(words.behind(first))
    return None


def _pointer(words: _Words) -> Verdict | None:
    pointed = any(
        _DOCUMENTS.at(words.keys, behind, bare=words.bare)
        for _, behind, _ in _POINTING.find(words.keys, bare=words.bare)
    )
    return (
        Verdict(TargetKind.REFERENCE, questions=(ask.WHERE_SET,))
        if pointed or words.finds(_ASSIGNED)
        else None
    )


def _done(text: Wording, words: _Words) -> Verdict | None:
    asked = (ask.BASICALLY,) if any(piece.role is Role.BASICALLY for piece in text.pieces) else ()
    at_head = words.opens_with(_DONE_AT_HEAD) and len(words.keys) > 1 and not words.finds(_IMPROVING)
    if fold(" ".join(words.keys)) in _YES_OR_NO or words.finds(_DONE) or at_head:
        return Verdict(TargetKind.BOOLEAN, questions=asked)
    return None


def _judged(text: Wording, words: _Words) -> Verdict:
    named = [piece for piece in text.pieces if piece.role is Role.NAME]
    plain_words = [
        piece for piece in text.pieces if piece.role in {Role.PLAIN, Role.BURDEN, Role.LEADERS, Role.RANK}
    ]
    if named and len(plain_words) < _FEWEST_WORDS:
        return Verdict(TargetKind.UNREAD, why=ask.NO_TARGET_NUMBER)
    if len(words.keys) < _FEWEST_WORDS:
        return Verdict(TargetKind.UNREAD, why=ask.NOT_UNDERSTOOD)
    return Verdict(TargetKind.QUALITATIVE, questions=(ask.WHO_JUDGES,))
