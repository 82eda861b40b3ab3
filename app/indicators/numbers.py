"""Numbers as Vietnamese documents write them.

The comma marks the decimals; a dot (or a blank) groups thousands and must have exactly three digits behind
it. So `14,5` is 14.5, `9.800` is 9800, `2,345` is 2.345 and `09` is 9, while `1.5`, `0.700` and `1,234.5` are
not well formed here and are refused with a reason: whether the writer meant 1.5 or mistyped 1.500 is not
ours to guess.
"""

import re
from decimal import Decimal

from app.core.text import Text

# Exact for every number admitted here, and for the same number scaled by a trillion.
MAX_DIGITS = 24
_MAX_LENGTH = 64

GROUP_BLANK = "\u00a0"
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
_DASHES = dict.fromkeys(map(ord, "÷\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
# Blanks that hold a number together, told apart from the blank between two words.
_GROUP_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), GROUP_BLANK)
_OTHER_BLANKS = dict.fromkeys(
    map(ord, "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u205f\u3000"), " "
)
_SIGNS = str.maketrans("％，．；：＜＞＝～／（）", "%,.;:<>=~/()")
_PLAIN = _FULL_WIDTH | _DASHES | _GROUP_BLANKS | _OTHER_BLANKS | _SIGNS

_WELL_FORMED = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?:[ \u00a0][0-9]{3})+)"
    r"(?:,(?P<decimals>[0-9]+))?"
)
_ONLY_NUMERIC = re.compile(r"[-+]?[0-9][0-9., \u00a0]*")
_THREE_AFTER_COMMA = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_BLANK_GROUPS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?")

EMPTY = Text("Không có số nào", "There is no number")
TOO_LONG = Text(f"Số dài quá {MAX_DIGITS} chữ số", f"The number is longer than {MAX_DIGITS} digits")
NOT_A_NUMBER = Text("Đây không phải là một số", "This is not a number")
ILL_FORMED = Text(
    "Số viết chưa đúng cách viết của tiếng Việt: dấu phẩy ngăn phần thập phân, dấu chấm ngăn từng nhóm ba chữ số",
    "Not written the Vietnamese way: a comma before the decimals, a dot before each group of three digits",
)
THOUSANDTHS = Text(
    "Sau dấu phẩy có đúng ba chữ số: là phần thập phân hay dấu ngăn hàng nghìn?",
    "Exactly three digits follow the comma: decimals, or thousands written the English way?",
)
BLANK_GROUPS = Text(
    "Khoảng trắng giữa các chữ số: là một số hay hai số liền nhau?",
    "A blank between the digits: one number, or two side by side?",
)


def plain(words: str) -> str:
    """The same characters one for one, with full-width digits and signs, rare blanks and dashes made ordinary."""
    return words.translate(_PLAIN)


def read_number(text: str) -> Decimal | None:
    """The number that the whole text is; None where it is none, or not a well-formed Vietnamese one."""
    found = number_or_why(text)
    return found if isinstance(found, Decimal) else None


def number_or_why(text: str) -> Decimal | Text:
    """The number that the whole text is, or why it is not read as one."""
    if len(text) > _MAX_LENGTH:
        return TOO_LONG if _ONLY_NUMERIC.fullmatch(plain(text).strip()) else NOT_A_NUMBER
    digits = plain(text).strip()
    if not digits:
        return EMPTY
    form = _WELL_FORMED.fullmatch(digits)
    if form is None:
        return ILL_FORMED if _ONLY_NUMERIC.fullmatch(digits) else NOT_A_NUMBER
    whole = re.sub(r"[^0-9]", "", form["whole"])
    decimals = form["decimals"] or ""
    if len(whole) + len(decimals) > MAX_DIGITS:
        return TOO_LONG
    return Decimal(f"{form['sign']}{whole}.{decimals or '0'}") if decimals else Decimal(form["sign"] + whole)


def doubt(text: str) -> Text | None:
    """What to ask of a number that is well formed, but that some write to mean another one."""
    digits = plain(text).strip()
    if _THREE_AFTER_COMMA.fullmatch(digits):
        return THOUSANDTHS
    return BLANK_GROUPS if _BLANK_GROUPS.fullmatch(digits) else None
