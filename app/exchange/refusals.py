"""Why a whole file is refused. Everything less than that is imported as words with a note."""

from app.core.errors import Refusal
from app.core.text import Text

_WORDS: dict[str, tuple[int, Text]] = {
    "too_large": (
        413,
        Text(
            "Tệp lớn hơn mức nhận tối đa {limit} byte.",
            "The file is larger than the {limit} bytes that are taken.",
        ),
    ),
    "unpacks_too_large": (
        413,
        Text(
            "Tệp nén bung ra quá lớn (tối đa {limit} byte, tỉ lệ nén {ratio} lần); tệp có thể là bom nén.",
            "The package unpacks to too much (at most {limit} bytes, ratio {ratio}); it may be a zip bomb.",
        ),
    ),
    "too_many_rows": (
        422,
        Text(
            "Có nội dung ở {at}, quá số dòng tối đa {limit}.",
            "There is content at {at}, beyond the limit of {limit} rows.",
        ),
    ),
    "too_many_columns": (
        422,
        Text(
            "Có nội dung ở {at}, quá số cột tối đa {limit}.",
            "There is content at {at}, beyond the limit of {limit} columns.",
        ),
    ),
    "too_many_sheets": (
        422,
        Text(
            "Tệp có {count} trang tính, tối đa {limit}.",
            "The file has {count} sheets, at most {limit} are taken.",
        ),
    ),
    "cell_too_long": (
        422,
        Text("Ô {at} dài hơn {limit} ký tự.", "Cell {at} is longer than {limit} characters."),
    ),
    "empty_file": (
        422,
        Text("Tệp không có nội dung nào.", "The file holds no content."),
    ),
    "encoding_unknown": (
        422,
        Text(
            "Bảng mã của tệp không đọc được ({seen}); hãy lưu lại bằng Unicode: CSV UTF-8 hoặc XLSX với phông Unicode.",
            "The encoding cannot be read ({seen}); save it again as Unicode: CSV UTF-8 or XLSX with a Unicode font.",
        ),
    ),
    "nul_found": (
        422,
        Text(
            "Có ký tự NUL ở {at}; tệp hỏng hoặc không phải văn bản.",
            "There is a NUL character at {at}; the file is broken or not text.",
        ),
    ),
    "format_unknown": (
        415,
        Text(
            "Tệp không phải CSV hay XLSX ({seen}); hãy lưu lại dưới dạng .xlsx hoặc .csv (UTF-8).",
            "The file is neither CSV nor XLSX ({seen}); save it as .xlsx or .csv (UTF-8).",
        ),
    ),
    "file_encrypted": (
        422,
        Text(
            "Tệp đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại.",
            "The file has a password; remove it and send the file again.",
        ),
    ),
    "file_damaged": (
        422,
        Text("Tệp hỏng hoặc sai cấu trúc ({seen}).", "The file is damaged or malformed ({seen})."),
    ),
    "file_unreadable": (
        422,
        Text(
            "Không đọc xong tệp trong giới hạn thời gian và bộ nhớ ({seen}).",
            "The file could not be read within the limits of time and memory ({seen}).",
        ),
    ),
    "structure_unreadable": (
        422,
        Text(
            "Không nhận ra cấu trúc phụ lục: {why} Đã thấy: {seen}. Có thể chỉ định cột bằng tay, "
            'ví dụ {{"title": "B", "lead": "Cơ quan chủ trì", "deadline": ["E", "F"], "heading_rows": [4, 5]}}.',
            "The structure of the annex is not recognised: {why} Seen: {seen}. Columns can be mapped by hand, "
            'for example {{"title": "B", "lead": "Cơ quan chủ trì", "deadline": ["E", "F"], "heading_rows": [4, 5]}}.',
        ),
    ),
    "mapping_invalid": (
        422,
        Text("Chỉ định cột không dùng được: {why}.", "The mapping cannot be used: {why}."),
    ),
    "secret_refused": (
        422,
        Text(
            "Tệp mang dấu chỉ độ mật ({seen}) nên không được nhận; không nội dung nào được lưu.",
            "The file carries a state-secret marking ({seen}) and is refused; nothing of it was kept.",
        ),
    ),
}

CODES = tuple(_WORDS)
_TITLE = Text("Tệp không nhận được", "The file cannot be taken")
FILE_REFUSALS = tuple(Refusal(code, status, _TITLE, detail) for code, (status, detail) in _WORDS.items())
"""The same refusals as every door knows them."""


class FileRefused(Exception):
    """The file is refused as a whole.

    `code` is for machines, `text` for people; `at` is a cell or a part, never content. The exception's own words are
    the code and the place alone, so that a log line cannot repeat what stood in the file.
    """

    def __init__(self, code: str, text: Text, *, status: int = 422, at: str = "") -> None:
        super().__init__(f"{code} at {at}" if at else code)
        self.code = code
        self.text = text
        self.status = status
        self.at = at


def refused(code: str, *, at: str = "", **values: object) -> FileRefused:
    """The refusal of this code with its places filled; a value that is a Text fills each language with its own."""
    status, text = _WORDS[code]
    vi = {name: value.vi if isinstance(value, Text) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
    return FileRefused(
        code, Text(text.vi.format(at=at, **vi), text.en.format(at=at, **en)), status=status, at=at
    )
