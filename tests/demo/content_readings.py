"""The demo content as it lies in its files, and readings of it made apart from the application's own.

Kinds of deadline and of target, and which *rõ* a task lacks, are told here by plain patterns, so that the content is
not judged by the code that it is meant to show.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "data"
FILES = ("organisation.json", "programme.json", "derived.json")
TEXTS = {name: (ROOT / "app" / "demo" / name).read_text(encoding="utf-8") for name in FILES}
ORGANISATION, PROGRAMME, DERIVED = (json.loads(TEXTS[name]) for name in FILES)
TASKS: list[dict[str, Any]] = PROGRAMME["tasks"]
CLOSE_OF_2026 = "2026-12-31"

UNITS = {unit["code"]: unit for unit in ORGANISATION["units"]}
POSITIONS = {position["code"]: position for position in ORGANISATION["positions"]}
PERSONS = {person["code"]: person for person in ORGANISATION["persons"]}
DOCUMENTS = {document["code"]: document for document in ORGANISATION["documents"]}

DEADLINES = {
    "month": r"(tháng )?\d{1,2}/\d{4}",
    "year": r"\d{4}",
    "year range": r"\d{4} ?- ?\d{4}",
    "quarter": r"quý [iv]+/\d{4}",
    "quarter range": r"quý [iv]+ và quý [iv]+/\d{4}",
    "ongoing": r"(nhiệm vụ )?thường xuyên",
    "recurring yearly": r"hằng năm",
    "recurring quarterly": r"hàng quý|trước ngày 15 tháng cuối quý",
    "recurring yearly in a quarter": r"quý [iv]+ hàng năm",
    "recurring in listed months": r"tháng \d+(, \d+)+ hằng năm",
    "recurring in a month": r"tháng \d+ hằng năm",
    "from a year onward": r"\d{4} và những năm tiếp theo",
    "conditional": r"(thực hiện )?theo chỉ đạo của .+",
    "conditional on a document": r"thực hiện sau khi .+|theo thông tư .+",
    "range ending with an event": r"từ quý [iv]+/\d{4} đến khi .+",
    "month, tentative": r"dự kiến tháng \d+/\d{4}",
    "recurring half-yearly report dates": r"trước ngày .+ và trước ngày .+",
    "recurring yearly + on demand": r"hằng năm trước ngày \d+/\d+ hoặc đột xuất",
    "missing": r"",
}
BEYOND_THE_LIST = {
    "before a day": r"trước (ngày )?\d+/\d+/\d{4}",
    "up to a day": r"(đến hết|chậm nhất ngày) \d+/\d+/\d{4}",
    "a day each year": r"trước ngày \d+/\d+ hằng năm",
    "period": r"trong (thời hạn|vòng) \d+ ngày .*kể từ ngày .+",
    "unread": r"sớm .+",
}
WITHOUT_AN_END = {
    "missing",
    "conditional",
    "conditional on a document",
    "range ending with an event",
    "from a year onward",
    "unread",
}
TARGETS = {
    "at least, ≥": r"≥ \d+",
    "at least, >=": r">= \d+",
    "bare number": r"[1-9]\d*",
    "percent repeated": r"\d+%",
    "decimal comma": r"> 0,\d",
    "two ranks": r"≤ \d+ [^;]+; ≤ \d+ .+",
    "range": r"\d+ - \d+",
    "range with units inside": r"\d+% - \d+%",
    "number and condition": r"≥ \d+% và .+",
    "leading zero": r"0\d",
    "strictly above": r"trên \d+%",
    "strictly below": r"dưới \d+%",
    "from … upward": r"đạt từ \d+% .+ trở lên",
    "at least, in words": r"ít nhất \d+ .+",
    "average": r"đạt \d+ - \d+%",
    "against a baseline": r"giảm \d+% so với đầu nhiệm kỳ",
    "in another document": r"đảm bảo đạt tỷ lệ theo quy định",
    "ordinal": r"xếp loại “.+” trở lên",
    "none left": r"không còn .+",
    "rate with comma": r"\d+,\d+%/năm",
    "amount": r"\d+,\d+ tỷ đồng",
    "about, with thousands": r"~\d\.\d{3} .+",
    "aspiration to a minimum": r"hướng tới tối thiểu đạt \d+%",
    "aspiration": r"phấn đấu .+",
    "qualitative": r"đạt mức [^\d]+",
    "boolean": r"có|không",
}
SEVEN = {
    "1": "at least, ≥",
    "2": "range",
    "3": "two ranks",
    "4": "ordinal",
    "5": "boolean",
    "6": "qualitative",
    "7": "aspiration",
}


def kind_of(words: str, patterns: dict[str, str]) -> str | None:
    """The one pattern the whole wording fits; two would make the oracle worthless, so they raise."""
    fitting = [kind for kind, pattern in patterns.items() if re.fullmatch(pattern, words.casefold())]
    if len(fitting) > 1:
        raise AssertionError(f"{words!r} fits {fitting}")
    return fitting[0] if fitting else None


def deadline_kind(words: str) -> str | None:
    return kind_of(words, DEADLINES | BEYOND_THE_LIST)


def lacks(task: dict[str, Any]) -> set[str]:
    """Which of the seven a careful reader would miss in this task."""
    competence = task["competence"] or {"body": None, "level": None}
    kind = deadline_kind(task["deadline_words"])
    endless = kind in WITHOUT_AN_END or (kind == "ongoing" and not task["milestones"])
    measured = [deliverable["measure"] and deliverable["confirmer"] for deliverable in task["deliverables"]]
    needs = {resource["need"] for resource in task["resources"].values()}
    findings = {
        "people": task["lead"] is None,
        "work": not task["description"] and not task["indicators"],
        "responsibility": task["responsible"] is None,
        "competence": competence["body"] is None or competence["level"] is None,
        "time": endless or task["starts_on"] is None,
        "result": not measured or not all(measured),
        "resources": "unstated" in needs,
    }
    return {name for name, missing in findings.items() if missing}


def folded(name: str) -> str:
    """A name without case and marks, as a reader compares names."""
    parts = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def held(position: str, day: str) -> list[dict[str, Any]]:
    """Holdings of a position on a day; the last day named by ``to`` is still held."""
    return [
        holding
        for holding in ORGANISATION["holdings"]
        if holding["position"] == position and holding["from"] <= day <= (holding["to"] or "9999-12-31")
    ]


def last_month(words: str) -> str | None:
    """``YYYY-MM`` in which a month, quarter or year named alone ends; None for every other wording."""
    if found := re.fullmatch(r"(?:tháng )?(\d{1,2})/(\d{4})", words.casefold()):
        return f"{found[2]}-{int(found[1]):02}"
    if found := re.fullmatch(r"quý ([iv]+)/(\d{4})", words.casefold()):
        return f"{found[2]}-{3 * ('i', 'ii', 'iii', 'iv').index(found[1]) + 3:02}"
    if re.fullmatch(r"\d{4}", words):
        return f"{words}-12"
    return None
