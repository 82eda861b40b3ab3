"""How Vietnamese units are named: words a name begins with, words for many units at once, words about who leads.

Everything is compared folded (lower case, no marks), with official short forms written out: UBND, HĐND, ĐU, TW.
Closed lists: what is not here is left unread, not guessed.
"""

import re
import unicodedata
from dataclasses import dataclass

from app.core.text import fold

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"T\.Ư\b|[Đđ]/[Cc]\b|[^\W_]+(?:&[^\W_]+)*")
_LONG = {
    "UBND": "ủy ban nhân dân",
    "HĐND": "hội đồng nhân dân",
    "HDND": "hội đồng nhân dân",
    "UBKT": "ủy ban kiểm tra",
    "UBMTTQ": "ủy ban mặt trận tổ quốc",
    "UBMTTQVN": "ủy ban mặt trận tổ quốc việt nam",
    "MTTQ": "mặt trận tổ quốc",
    "MTTQVN": "mặt trận tổ quốc việt nam",
    "UB": "ủy ban",
    "BTV": "ban thường vụ",
    "BCH": "ban chấp hành",
    "BCĐ": "ban chỉ đạo",
    "ĐU": "đảng ủy",
    "ĐB": "đảng bộ",
    "VP": "văn phòng",
    "TW": "trung ương",
    "TƯ": "trung ương",
    "T.Ư": "trung ương",
    "Đ/c": "đồng chí",
    "đ/c": "đồng chí",
    "Đ/C": "đồng chí",
}


_SHORTEST = 3  # a short form of more letters is one in small letters too: ubnd, not vp
_PARTING = re.compile(r"[,/+]|(?:^|\s)[-–—](?=\s|$)")
_HARD = re.compile(r"[;\n\r]")
_GLUED = re.compile(r"[-–—]")
_CLOSED = re.compile(r"[,;:()\n\r/+\-–—]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the cell: verbatim, its folded parts and its spelling (short forms written out), its span, the gap before."""

    text: str
    parts: tuple[str, ...]
    said: tuple[str, ...]
    start: int
    end: int
    gap: str

    @property
    def capital(self) -> bool:
        """It begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def parted(self) -> bool:
        """A comma, slash, plus or dash before it may part it from the unit before."""
        return bool(_PARTING.search(self.gap))

    @property
    def set_off(self) -> bool:
        """A semicolon or a new line stands before it."""
        return bool(_HARD.search(self.gap))

    @property
    def joined(self) -> bool:
        """Only a blank or a point stands before it: it may belong to one phrase with the word before."""
        return not _CLOSED.search(self.gap)

    @property
    def short(self) -> bool:
        """A short form that may name a unit by itself: VTV, TTXVN; not one that names things, as CSDL does."""
        letters = [sign for sign in self.text if sign.isalpha()]
        if "&" in self.text or _GLUED.fullmatch(self.gap):  # the rest of a name: TT&DL, the XH of VH-XH
            return False
        return len(letters) > 1 and all(sign.isupper() for sign in letters) and self.parts[0] not in _NO_UNITS


_NO_UNITS = {
    "csdl",
    "csdlqg",
    "cntt",
    "tthc",
    "oda",
    "fdi",
    "ai",
    "cds",
    "kcn",
    "kkt",
    "ccn",
    "khcn",
    "gdp",
    "grdp",
    "ii",
    "iii",
    "iv",
    "vi",
}


def tokens_of(words: str) -> list[Token]:
    """The words of a cell with what stands between them."""
    tokens: list[Token] = []
    unmarked = words.isascii()  # typed without marks: only the folded form can be compared
    end = 0
    for found in _WORD.finditer(words):
        text = found[0]
        whole = _LONG.get(text) or (_LONG.get(text.upper(), text) if len(text) > _SHORTEST else text)
        parts = tuple(fold(whole).replace("&", "").replace(".", "").split())
        said = parts if unmarked else tuple(_spelling(part) for part in whole.split())
        tokens.append(Token(text, parts, said, found.start(), found.end(), words[end : found.start()]))
        end = found.end()
    return tokens


def parts_of(tokens: list[Token]) -> tuple[str, ...]:
    """All folded parts in order: what names of units are compared by."""
    return tuple(part for token in tokens for part in token.parts)


def said_by(tokens: list[Token]) -> tuple[str, ...]:
    """All spellings in order: what words of the grammar are compared by, for folded "môi" and "mỗi" are one."""
    return tuple(part for token in tokens for part in token.said)


def _spelling(word: str) -> str:
    """Letters without tone, then the tone: equal for uỷ and ủy, hoà and hòa, never for môi and mỗi."""
    marks = unicodedata.normalize("NFD", word.casefold())
    letters = "".join(mark for mark in marks if mark not in _TONES)
    tone = "".join(mark for mark in marks if mark in _TONES) or "·"
    return unicodedata.normalize("NFC", letters) + tone


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    """Each phrase of the list as spelt, and folded for cells typed without marks."""
    phrases = [phrase.split() for phrase in listed.split(";")]
    spelt = (tuple(_spelling(word) for word in phrase) for phrase in phrases)
    return frozenset([*spelt, *(tuple(fold(word) for word in phrase) for phrase in phrases)])


# What begins the name of one unit. In capitals at its first letter anywhere; in small letters only with a name after it.
HEADS = _phrases(
    "Bộ; Ban; Sở; Văn phòng; Ủy ban; Ủy ban nhân dân; Hội đồng; Hội đồng nhân dân; Đảng ủy; Đảng bộ; Chi "
    "bộ; Chi ủy; Tỉnh ủy; Thành ủy; Quận ủy; Huyện ủy; Quân ủy; Đảng đoàn; Ban cán sự; Thường trực; Ngân "
    "hàng; Viện; Học viện; Trường; Đại học; Trung tâm; Tập đoàn; Tổng công ty; Công ty; Tổng cục; Cục; "
    "Chi cục; Vụ; Phòng; Thanh tra; Kiểm toán; Tòa án; Viện kiểm sát; Mặt trận; Hội; Liên đoàn; Liên "
    "hiệp; Liên minh; Đoàn; Công đoàn; Công an; Quân sự; Quân khu; Quân đội; Bộ đội; Bộ Chỉ huy; Bộ Tư "
    "lệnh; Biên phòng; Bảo hiểm; Đài; Báo; Tạp chí; Thông tấn xã; Nhà xuất bản; Kho bạc; Hải quan; Thuế; "
    "Quỹ; Bệnh viện; Trạm; Tổ; Đội; Quốc hội; Chính phủ; Cơ quan; Hiệp hội; Hợp tác xã; Xã; Phường; Đặc "
    "khu; Tỉnh; Thành phố; Hội Cựu chiến binh; Ban Chỉ huy; Ban quản lý; Tổng liên đoàn; Trung ương; "
    "Khối; Nhà máy"
)
# What begins the post of a person; a lead that is a post is not a unit.
POSTS = _phrases(
    "Bí thư; Phó Bí thư; Chủ tịch; Phó Chủ tịch; Trưởng ban; Phó Trưởng ban; Giám đốc; Thủ trưởng; Đồng "
    "chí; Người đứng đầu; Chánh Văn phòng; Bộ trưởng; Thủ tướng; Phó Thủ tướng; Trưởng phòng; Chủ nhiệm; "
    "Ủy viên; Cán bộ; Công chức; Hiệu trưởng; Trưởng thôn"
)
# Behind one of these and its name a second capital head begins another unit; behind other heads it completes the name:
# Văn phòng Đảng ủy, Ban Tổ chức Tỉnh ủy.
CLOSED_HEADS = _phrases("Bộ; Sở; Ngân hàng; Tập đoàn; Tổng công ty; Ủy ban nhân dân; Quốc hội; Chính phủ")
INNER = _phrases(
    "Ban Chấp hành; Ban Thường vụ; Bộ đội; Bộ Tư lệnh; Bộ Chỉ huy; Bộ Chính trị; Bộ Tổng Tham mưu"
)

# Bodies said of many units at once: "Ban Thường vụ các đảng ủy", "Trưởng các thôn".
COLLEGES = _phrases("ban thường vụ; ban chấp hành; ban thường trực; trưởng")
# What a management board is named after, however many of them: no units.
ZONES = _phrases("khu công nghiệp; khu kinh tế; cụm công nghiệp; kcn; kkt; ccn")
MANY = _phrases("các; những; mọi; từng; mỗi; tất cả; toàn thể; toàn; một số; cả; hệ thống")
# Kinds of units: a name follows, or they stand for all of their kind.
KINDS = _phrases(
    "bộ; ngành; ban; sở; địa phương; tỉnh; thành phố; xã; phường; đặc khu; huyện; quận; thôn; cơ quan; "
    "đơn vị; tổ chức; doanh nghiệp; hiệp hội; hội; đoàn thể; cấp ủy; đảng ủy; đảng bộ; chi bộ; cấp; tập "
    "đoàn; tổng công ty; công ty; trường; viện; bệnh viện; cá nhân; người dân; hộ gia đình; khối; phòng; "
    "phòng ban; tỉnh ủy; thành ủy; huyện ủy; quận ủy; ban ngành; bộ ngành; sở ngành; ủy ban nhân dân; hội "
    "đồng nhân dân; mặt trận; cơ sở đào tạo; nhà trường"
)
# Kinds that never begin the name of one unit.
ALWAYS_MANY = _phrases(
    "ngành; địa phương; doanh nghiệp; đơn vị; tổ chức; đoàn thể; cấp ủy; cá nhân; người dân; bộ ngành; sở "
    "ngành; ban ngành"
)
QUALIFIERS = _phrases(
    "liên quan; có liên quan; trực thuộc; được; thuộc; trong; của; cấp; cơ sở; khác; nhà nước; có"
)
# In small letters before more small letters these are common nouns: "tập đoàn lớn", "trường trong tỉnh".
COMMON = _phrases("cơ quan; tập đoàn; tổng công ty; công ty; trường; viện; bệnh viện; hiệp hội")
PLACES = _phrases(
    "tỉnh; thành phố; huyện; quận; xã; phường; đặc khu; cấp; bộ; sở; ngành; địa phương; đơn vị; thôn; "
    "trường; chi bộ; cơ quan đơn vị"
)
CLAUSES = _phrases("là; chủ quản; quản lý; sử dụng; vận hành")

LEADS = _phrases("chủ trì; ct; chịu trách nhiệm; phụ trách; tham mưu; thực hiện; đầu mối")
COORDINATES = _phrases("phối hợp; ph; tham gia; phối hợp với; phối hợp cùng; phối hợp thực hiện")
JOINERS = _phrases("và; cùng; với; cùng với; hoặc")
NOBODY = frozenset({"", "khong", "khong co", "chua co", "chua xac dinh", "chua ro", "x", "n/a", "na"})
# "As above": the name stands in another row, which a cell alone cannot see.
AS_ABOVE = frozenset({"nt", "n.t", "nhu tren", "tuong tu"})
HELPS = _phrases("giúp việc")
ENTRUSTS = _phrases("giao; giao cho; đề nghị; yêu cầu")
OFFICE_NOUNS = _phrases("cơ quan; đơn vị; tổ chức; bộ ngành; sở ngành; cơ quan đơn vị")

# Bodies of the names of ministries and departments, old and new; commas and "và" inside them never part two units.
FIELDS = _phrases(
    "công an; quốc phòng; ngoại giao; nội vụ; tư pháp; tài chính; công thương; xây dựng; y tế; ngoại vụ; "
    "du lịch; khoa học và công nghệ; giáo dục và đào tạo; nông nghiệp và môi trường; nông nghiệp và phát "
    "triển nông thôn; tài nguyên và môi trường; thông tin và truyền thông; kế hoạch và đầu tư; lao động "
    "thương binh và xã hội; giao thông vận tải; văn hóa thể thao và du lịch; văn hóa và thể thao; dân tộc "
    "và tôn giáo; dân tộc"
)
ENUMERATED = _phrases("bộ; sở; ban; xã; phường; đặc khu; tỉnh; thành phố; đảng ủy; đảng bộ; chi bộ; huyện")
OF_FIELDS = _phrases("bộ; sở")
OF_PLACES = _phrases("xã; phường; đặc khu; tỉnh; thành phố; huyện")
# Names that hold a comma or "và" before what would begin another unit: words before, words after.
UNPARTED = (
    (_phrases("tổ quốc"), _phrases("các đoàn thể trung ương")),
    (_phrases("đoàn đbqh; đại biểu quốc hội"), _phrases("hội đồng nhân dân")),
    (_phrases("văn phòng hội đồng nhân dân"), _phrases("ủy ban nhân dân")),
    (_phrases("báo"), _phrases("phát thanh; đài phát thanh")),
    (_phrases("phát thanh"), _phrases("truyền hình")),
    (_phrases("tham mưu"), _phrases("giúp việc")),
)
# Words that begin as heads do and name no unit.
NO_HEADS = _phrases(
    "xã hội; bộ phận; bộ máy; bộ chỉ số; tổ chức; đội ngũ; hội nghị; hội nhập; đoàn kết; đoàn thể; báo "
    "cáo; báo chí; phòng chống; phòng ngừa; quỹ đất; ban hành; ban ngành; viện trợ; đài thọ; tỉnh táo; "
    "khối lượng; tổ hợp tác"
)
# Capital heads that part two units without a sign between them; places and bodies of state only complete a name.
PARTING = _phrases(
    "Bộ; Ban; Sở; Văn phòng; Ủy ban; Ủy ban nhân dân; Ngân hàng; Thanh tra; Viện; Học viện; Tập đoàn; "
    "Tổng công ty; Đảng ủy; Đảng bộ; Công an; Hội; Đoàn; Mặt trận; Trường; Cục; Trung tâm; Kiểm toán; Tòa "
    "án; Viện kiểm sát; Bảo hiểm; Đài; Liên đoàn; Ủy ban kiểm tra; Thường trực"
)
PLAIN_ROLES = _phrases("chủ trì; phối hợp")
OFFICES = _phrases("quan; vị; người")
CAC = _phrases("các")


def longest(phrases: frozenset[tuple[str, ...]], parts: tuple[str, ...]) -> int:
    """How many parts the longest of the phrases takes at the beginning of these parts; 0 for none."""
    return next((length for length in range(min(len(parts), 8), 0, -1) if parts[:length] in phrases), 0)
