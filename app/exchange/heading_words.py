"""What a Vietnamese column heading means. Words are compared folded: lower case, without marks or punctuation."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from app.core.text import fold

Role = Literal[
    "number",
    "group",
    "title",
    "kind",
    "lead",
    "coordinating",
    "responsible",
    "result",
    "deadline",
    "measure",
    "target",
    "baseline",
    "issuing",
    "resources",
    "basis",
    "progress",
    "note",
]
Purpose = Literal["start", "submit", "issue", "complete", "report"]
ROLES: tuple[Role, ...] = get_args(Role)
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

# Several columns may hold these: a deadline to submit and one to issue, a target for each year.
MANY: frozenset[Role] = frozenset(
    {"deadline", "target", "baseline", "issuing", "resources", "result", "basis", "note", "progress"}
)

_LONGEST = 100
_MOST_WORDS = 14
_SIGNS = re.compile(r"[^0-9a-z]+")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_QUARTER = re.compile(r"\bquy (iv|i{1,3}|[1-4]) (?:nam )?((?:19|20)\d\d)\b")
_MONTH = re.compile(r"\bthang (0?[1-9]|1[0-2]) (?:nam )?((?:19|20)\d\d)\b")
_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says: its role; 3 sure, 2 usual, 1 only if no other column says it better; purpose and period."""

    role: Role
    strength: int
    purpose: Purpose | None = None
    period: str = ""
    joint: bool = False  # lead and coordinating units stand in the one column


_TIME = (
    r"thoi (?:gian|han|diem|ky)|tien do|\bhan\b|\bmoc\b|ngay (?:hoan thanh|trinh|ban hanh|bat dau|ket thuc|thang|den han)"
    r"|(?:nam|thang|quy) (?:hoan thanh|trinh|ban hanh)|lo trinh|deadline"
    r"|\bt gian\b|^tg\b|^ky bao cao|^tan suat|^giai doan (?:thuc hien|trien khai)|^du kien (?:hoan thanh|ban hanh|trinh)$"
)
_WHO = r"(?:co quan|don vi|to chuc|dia phuong|phong ban|bo phan|cap uy|chi bo|ban nganh|noi)"
_DUTY = r"(?:thuc hien|phu trach|theo doi|duoc giao|chiu trach nhiem|trien khai|duoc phan cong|xay dung|soan thao|tham dinh|quan ly)"
_POST = r"(?:pct|(?:pho )?chu tich|(?:pho )?bi thu|thuong truc|btv|ban thuong vu)"
_YEAR = r"(?:19|20)\d\d"
_AIM = r"(?:tam nhin|dinh huong|chi tieu|muc tieu|ke hoach|kh|gia tri|muc phan dau|phan dau|muc)"

# In this order: the first that fits decides. A pattern is searched; ^ and $ say where it must stand.
_RULES: tuple[tuple[Role, int, str], ...] = (
    ("number", 3, r"^(?:so )?(?:s ?t ?t|t ?t)\b(?: \w+){0,3}$|^so thu tu$|^thu tu$"),
    ("number", 1, r"^(?:so|ma so|ma|so hieu|ma (?:so )?(?:nhiem vu|chi tieu|de an|muc)|stt? trong .*)$"),
    ("note", 3, r"^(?:ghi chu|chu thich|luu y)|^y kien|^(?:kho khan|vuong mac|kien nghi|de xuat)\b"),
    ("title", 3, r"^ten (?:cac )?(?:nhiem vu|noi dung|de an|cong viec|chi tieu|chuong trinh|du an|hoat dong|van ban|chi so)"),
    ("group", 2, r"^(?:linh vuc|tru cot|nhom(?: cac)? ?(?:nhiem vu|noi dung|chi tieu|linh vuc|van de)?)(?: chinh)?$"),
    ("kind", 2, r"^(?:phan )?loai(?: hinh)?(?: (?:nhiem vu|cong viec|de an|chi tieu))?$|^tinh chat(?: nhiem vu| cong viec)?$"),
    ("title", 3, r"^(?:cac |danh muc )?(?:nhiem vu|noi dung|de an|cong viec|dau viec)\b(?!.*(?:chu tri|phoi hop|thoi gian|thoi han))"),
    ("progress", 2, r"tinh hinh|trang thai|^tinh trang|(?:muc do|ty le) hoan thanh|ket qua (?:den|dat duoc)|tu danh gia|cham diem"),
    ("measure", 3, r"^(?:don vi|dv) (?:tinh|do|do luong)\b|^d ?v ?t\b"),
    ("resources", 3, r"kinh phi|nguon (?:luc|von|kinh phi|nhan luc)|tong von|von dau tu|du toan|ngan sach|^nhan luc|co so vat chat|tong muc dau tu"),
    ("baseline", 3, rf"hien trang|thuc trang|gia tri nen|nam goc|so lieu goc|nam co so|^(?:uoc )?(?:thuc hien|th|dat|ket qua(?: thuc hien| dat duoc)?|so lieu)(?: den)?(?: het)?(?: ngay)?(?: \d\d?){{0,2}}(?: nam)? {_YEAR}|^uoc\b"),
    ("deadline", 3, rf"{_TIME}"),
    ("basis", 3, r"can cu|co so phap ly|^van ban (?:chi dao|giao|can cu|lien quan|so)|nguon (?:nhiem vu|giao)|^theo (?:nghi quyet|van ban|ket luan|chuong trinh)|^(?:so (?:va )?ky hieu|van ban$)"),
    ("issuing", 3, rf"\bcap (?:trinh|ban hanh|phe duyet|quyet dinh|tham quyen|co tham quyen|thong qua|quan ly)|tham quyen|{_WHO} (?:ban hanh|phe duyet|quyet dinh|trinh)\b|noi trinh|trinh cap"),
    ("responsible", 3, rf"^(?:ho ten |trach nhiem )?(?:nguoi|lanh dao|can bo|dong chi|chuyen vien|uy vien|ca nhan|thu truong|uvbtv|uv btv|d c)\b|\b(?:dong chi|lanh dao|uy vien|can bo|btv|ca nhan)\b.*phu trach|^{_POST}\b.*(?:phu trach|chi dao|theo doi)$|^chi dao$"),
    ("lead", 3, r"chu tri|\bdau moi\b|chu quan|tham muu"),
    ("coordinating", 3, rf"phoi hop|^(?:co quan |don vi )?tham gia|^(?:cac )?{_WHO}(?: {_WHO})*(?: co)? lien quan$"),
    ("lead", 2, rf"{_WHO}\b.*\b{_DUTY}|^(?:duoc )?phan cong|^giao (?:cho|nhiem vu)|^to chuc thuc hien|^chu (?:the|dau tu)"),
    ("target", 3, rf"^(?:{_AIM} )?(?:phan dau |giao )?(?:den )?(?:het |cuoi )?(?:nam |giai doan |nhiem ky )?{_YEAR}(?: (?:den )?(?:nam )?{_YEAR})?$"),
    ("target", 2, rf"^{_AIM}(?: \w+){{0,4}} {_YEAR}|^gia tri(?: (?:muc tieu|chi tieu|phan dau))?$|^(?:muc |chi tieu |muc tieu )(?:phan dau|giao|ke hoach|can dat)|^ke hoach(?: giao)?$|^giai doan|^nhiem ky"),
    ("result", 3, r"^ket qua$|san pham|dau ra|ket qua (?:yeu cau|can dat|dau ra|hoan thanh|dat|cu the|cuoi cung)|yeu cau (?:ve )?(?:ket qua|san pham|can dat)"),
    ("result", 2, r"ket qua|hinh thuc(?: van ban| ban hanh| the hien)?$|loai van ban|yeu cau"),
    ("title", 2, r"^(?:cac |he thong )?(?:chi tieu|chi so|tieu chi)\b|^(?:trich yeu|ten goi)\b|^(?:hoat dong|chuong trinh|du an|giai phap|danh muc|viec)\b"),
    ("title", 1, r"^muc tieu\b"),
    ("lead", 1, rf"^{_WHO}(?: {_WHO})*$|^thuc hien$|^phu trach$|^trach nhiem(?: thuc hien)?$"),
    ("deadline", 1, r"^(?:bat dau|ket thuc|hoan thanh|bao cao|tu|den|quy|thang|nam|ngay)(?: (?:nam )?[ivx\d]+){0,2}$"),
    ("issuing", 1, r"^(?:trinh|ban hanh|phe duyet|thong qua)\b"),
    # Annexes of projects with partners abroad carry English headings.
    ("number", 3, r"^n ?o$"),
    ("title", 3, r"^(?:tasks?|indicators?|activit(?:y|ies))(?: names?| descriptions?)?$"),
    ("lead", 3, r"^lead(?:ing)?(?: (?:unit|agency|agencies|department))?$|^(?:responsible|implementing) (?:unit|agency|agencies|department)$"),
    ("coordinating", 3, r"^(?:co ?ordinating|co ?ordination|supporting) (?:units?|agency|agencies|departments?)$"),
    ("deadline", 3, r"^due(?: date)?$|^(?:start|end|completion|finish) date$|^time ?(?:line|frame)$"),
    ("result", 3, r"^(?:expected )?(?:outputs?|results?|deliverables?|outcomes?|products?)$"),
    ("measure", 2, r"^units?(?: of measure(?:ment)?)?$"),
    ("target", 2, rf"^targets?(?: (?:for |by )?{_YEAR})?$"),
    ("baseline", 3, rf"^baseline(?: {_YEAR})?$"),
    ("responsible", 3, r"^(?:responsible person|person in charge)$"),
    ("resources", 3, r"^(?:budget|funding|resources)$"),
    ("progress", 2, r"^(?:status|progress)$"),
    ("note", 3, r"^(?:notes?|remarks?|comments?)$"),
)  # fmt: skip
_COMPILED: tuple[tuple[Role, int, re.Pattern[str]], ...] = tuple(
    (role, strength, re.compile(pattern)) for role, strength, pattern in _RULES
)

_PURPOSES: tuple[tuple[Purpose, re.Pattern[str]], ...] = (
    ("start", re.compile(r"bat dau|khoi cong|^tu\b|^start\b")),
    ("submit", re.compile(r"\btrinh\b(?<!lo trinh)(?<!chuong trinh)|gui")),
    ("issue", re.compile(r"ban hanh|phe duyet|thong qua|\bky\b(?! (?:bao cao|hop))")),
    ("report", re.compile(r"bao cao")),
    ("complete", re.compile(r"hoan thanh|ket thuc|thuc hien")),
)


def key(words: str) -> str:
    """The heading folded to letters, digits and single blanks."""
    return _SIGNS.sub(" ", fold(words)).strip()


def meaning(words: str) -> Meaning | None:
    """What the heading means; None for words that are no heading known here, or too long to be one."""
    plain = key(words)
    if not plain or len(plain) > _LONGEST or plain.count(" ") >= _MOST_WORDS:
        return None
    for role, strength, pattern in _COMPILED:
        if pattern.search(plain):
            joint = role == "lead" and "phoi hop" in plain
            return Meaning(role, strength, purpose_of(role, plain), period_of(plain), joint)
    return None


def purpose_of(role: Role, plain: str) -> Purpose | None:
    """The moment a deadline, or the act a body, is about: the first that the heading names; a deadline completes."""
    if role not in {"deadline", "issuing"}:
        return None
    return named_purpose(plain) or ("complete" if role == "deadline" else "issue")


def named_purpose(plain: str) -> Purpose | None:
    """The moment or act that these words name first; None if they name none."""
    named: list[tuple[int, Purpose]] = [
        (found.start(), purpose) for purpose, pattern in _PURPOSES if (found := pattern.search(plain))
    ]
    return min(named)[1] if named else None


def period_of(plain: str) -> str:
    """The quarter, month or years a heading names: "2026-Q4", "2026-11", "2030", "2026-2030"; empty for none."""
    if quarter := _QUARTER.search(plain):
        return f"{quarter[2]}-Q{_QUARTERS.get(quarter[1], quarter[1])}"
    if month := _MONTH.search(plain):
        return f"{month[2]}-{int(month[1]):02}"
    years = _YEARS.findall(plain)
    return "-".join(dict.fromkeys([years[0], years[-1]])) if years else ""
