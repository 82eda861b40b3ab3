import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.numbers import (
    DISAGREE,
    EMPTY,
    HALF,
    MORE_WORDS,
    NO_NUMBER,
    NO_SYMBOL,
    NOT_A_NUMBER,
    SEPARATORS,
    SEVERAL,
    TOO_LONG,
    Series,
    folded_number,
    read_document_number,
)
from app.documents.symbols import TYPES, issuer_series, known_type

FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "doc-types.json"
needs_facts = pytest.mark.skipif(not FACTS.is_file(), reason="the shared facts do not lie beside the project")

READ = [
    # words, number, type, issuer, series, year
    ("23-CTr/ĐU", "23", "CTr", "ĐU", "party", None),
    ("01-NQ/ĐH", "01", "NQ", "ĐH", "party", None),
    ("226-KL/TW", "226", "KL", "TW", "party", None),
    ("817-CV/ĐU", "817", "CV", "ĐU", "party", None),
    ("12-QĐi/ĐU", "12", "QĐi", "ĐU", "party", None),
    ("23a-CTr/ĐU", "23a", "CTr", "ĐU", "party", None),
    ("15-BC/UBKTTU", "15", "BC", "UBKTTU", "party", None),
    ("01-HD/BTCTW-VPTW", "01", "HD", "BTCTW-VPTW", "party", None),
    ("12-KH/ĐTN", "12", "KH", "ĐTN", "party", None),
    ("23-CTr/ĐU/2026", "23", "CTr", "ĐU", "party", 2026),
    ("03/NQ-CP", "03", "NQ", "CP", "state", None),
    ("335/2025/NĐ-CP", "335", "NĐ", "CP", "state", 2025),
    ("117/2025/QH15", "117", None, "QH15", "state", 2025),
    ("01/2025/TTLT-BNV-BTC", "01", "TTLT", "BNV-BTC", "state", 2025),
    ("12/1992/L/CTN", "12", "L", "CTN", "state", 1992),
    ("1705/QĐ-TTg", "1705", "QĐ", "TTg", "state", None),
    ("1999/QĐ-UBND", "1999", "QĐ", "UBND", "state", None),
    ("1234/BNV-CCVC", "1234", None, "BNV-CCVC", "state", None),
    ("76/CP", "76", None, "CP", "state", None),
    # dirt that changes nothing
    ("Số: 402-CV/VPĐU", "402", "CV", "VPĐU", "party", None),
    ("SỐ 23-CTr/ĐU.", "23", "CTr", "ĐU", "party", None),
    ("Số, ký hiệu: 23-CTr/ĐU", "23", "CTr", "ĐU", "party", None),
    ("Số/ký hiệu: 03/NQ-CP", "03", "NQ", "CP", "state", None),
    (" 23 –  CTr / ĐU ", "23", "CTr", "ĐU", "party", None),
    ("23--CTr//ĐU", "23", "CTr", "ĐU", "party", None),
    ("23\u2011CTr\u2044ĐU", "23", "CTr", "ĐU", "party", None),
    ("2\u200b3-CTr/ĐU", "23", "CTr", "ĐU", "party", None),
    ("１２－ＣＶ／ĐU", "12", "CV", "ĐU", "party", None),
    ("229-QÐ/TW", "229", "QĐ", "TW", "party", None),  # an Icelandic eth
    ("23-ctr/đu", "23", "CTr", "đu", "party", None),
    ("57 NQ/TW", "57", "NQ", "TW", "party", None),
    ("57NQ/TW", "57", "NQ", "TW", "party", None),
    ("03 NQ-CP", "03", "NQ", "CP", "state", None),
    ("Nghị quyết 57-NQ/TW", "57", "NQ", "TW", "party", None),
    ("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "57", "NQ", "TW", "party", None),
    ("335/2025/NĐ-CP, ngày 31/12/2025", "335", "NĐ", "CP", "state", 2025),
]

UNREAD = [
    # words, why, number, type, issuer
    ("", EMPTY, None, None, None),
    (" \t ", EMPTY, None, None, None),
    ("Số:", EMPTY, None, None, None),
    ("- / -", EMPTY, None, None, None),
    ("không rõ", NOT_A_NUMBER, None, None, None),
    ("NQ-CP", NOT_A_NUMBER, None, None, None),
    ("1.234/QĐ-UBND", NOT_A_NUMBER, None, None, None),
    ("99999999999-CTr/ĐU", NOT_A_NUMBER, None, None, None),
    ("05", NO_SYMBOL, "05", None, None),
    ("12/2025", NO_SYMBOL, "12", None, None),
    ("57-TW", HALF, "57", None, "TW"),
    ("12-NQ", HALF, "12", "NQ", None),
    ("12/NQ", HALF, "12", "NQ", None),
    ("12/ABC", HALF, "12", None, None),
    ("23-CTr-ĐU", SEPARATORS, "23", "CTr", "ĐU"),
    ("03/NQ/CP", SEPARATORS, "03", "NQ", "CP"),
    ("15/KH-ĐU", DISAGREE, "15", "KH", "ĐU"),
    ("03-NQ/CP", DISAGREE, "03", "NQ", "CP"),
    ("57-NQ/TW, 66-NQ/TW", SEVERAL, None, None, None),
    ("57-NQ/TW và 03/NQ-CP", SEVERAL, None, None, None),
    ("23-CTr/ĐU (dự thảo)", MORE_WORDS, "23", "CTr", "ĐU"),
    ("23-CTr ĐU", MORE_WORDS, "23", "CTr", None),
    ("1-NQ/TW " + "x" * 200, TOO_LONG, None, None, None),
]


@pytest.mark.parametrize(("words", "number", "kind", "issuer", "series", "year"), READ)
def test_a_number_is_read_into_its_parts(*, words, number, kind, issuer, series, year) -> None:
    read = read_document_number(words)

    assert (read.number, read.type_symbol, read.issuer_symbol) == (number, kind, issuer)
    assert (read.series, read.year, read.unread) == (Series(series), year, None)


@pytest.mark.parametrize(("words", "why", "number", "kind", "issuer"), UNREAD)
def test_what_cannot_be_read_has_a_reason_and_no_series(words, why, number, kind, issuer) -> None:
    read = read_document_number(words)

    assert (read.unread, read.series, read.verbatim) == (why, Series.UNKNOWN, words)
    assert (read.number, read.type_symbol, read.issuer_symbol) == (number, kind, issuer)


@pytest.mark.parametrize("words", ["Số:      -CV/VPĐU", "…-CV/VPĐU", "... -CV/VPĐU"])
def test_a_number_left_open_is_told_while_its_series_is_known(words) -> None:
    read = read_document_number(words)

    assert (read.number, read.serial, read.unread) == (None, None, NO_NUMBER)
    assert (read.series, read.type_symbol, read.issuer_symbol) == (Series.PARTY, "CV", "VPĐU")


@pytest.mark.parametrize(
    ("words", "serial"), [("09-NQ/ĐU", 9), ("23a-CTr/ĐU", 23), ("000-CV/ĐU", 0), ("", None)]
)
def test_serial_is_the_running_number_without_zeros_and_letter(words, serial) -> None:
    assert read_document_number(words).serial == serial


TYPE_SYMBOLS = st.sampled_from(sorted(TYPES))
PARTY_ISSUERS = st.sampled_from(
    ["ĐU", "TU", "TW", "ĐH", "CB", "VPĐU", "VPTW", "UBKT", "BTCTW", "BCĐTW", "ĐUCA"]
)
STATE_ISSUERS = st.sampled_from(["CP", "TTg", "UBND", "HĐND", "QH15", "BNV", "BKHCN", "BNV-BTC"])
RUNNING = st.from_regex(r"[0-9]{1,4}[a-c]?", fullmatch=True)
DASHES = st.sampled_from(["-", "–", "—", "\u2011", "－", " - ", " – ", "--"])
SLASHES = st.sampled_from(["/", " / ", "⁄", "∕", "／", "//", "\\"])


@given(
    number=RUNNING,
    kind=TYPE_SYMBOLS,
    issuer=PARTY_ISSUERS,
    dash=DASHES,
    slash=SLASHES,
    lead=st.sampled_from(["", "Số: ", "Số ", "số:"]),
)
def test_a_party_number_survives_any_dash_slash_and_blank(*, number, kind, issuer, dash, slash, lead) -> None:
    read = read_document_number(f"{lead}{number}{dash}{kind}{slash}{issuer}")

    assert (read.number, read.type_symbol, read.issuer_symbol) == (number, kind, issuer)
    assert (read.series, read.year, read.unread) == (Series.PARTY, None, None)


@given(
    number=RUNNING,
    year=st.none() | st.integers(1945, 2099),
    kind=TYPE_SYMBOLS,
    issuer=STATE_ISSUERS,
    dash=DASHES,
    slash=SLASHES,
)
def test_a_state_number_survives_any_dash_slash_and_blank(*, number, year, kind, issuer, dash, slash) -> None:
    dated = "" if year is None else f"{slash}{year}"

    read = read_document_number(f"{number}{dated}{slash}{kind}{dash}{issuer}")

    assert (read.number, read.type_symbol, read.issuer_symbol) == (number, kind, issuer)
    assert (read.series, read.year, read.unread) == (Series.STATE, year, None)


@given(RUNNING, TYPE_SYMBOLS, PARTY_ISSUERS)
def test_separators_of_the_other_series_are_never_taken_silently(number, kind, issuer) -> None:
    read = read_document_number(f"{number}/{kind}-{issuer}")

    assert (read.series, read.unread) == (Series.UNKNOWN, DISAGREE)


@given(st.sampled_from([row[0] for row in READ]))
def test_decomposed_letters_read_like_composed_ones(words) -> None:
    composed = read_document_number(words)
    decomposed = read_document_number(unicodedata.normalize("NFD", words))

    assert (
        composed.number,
        composed.type_symbol,
        composed.issuer_symbol,
        composed.series,
        composed.year,
    ) == (
        (
            decomposed.number,
            decomposed.type_symbol,
            decomposed.issuer_symbol,
            decomposed.series,
            decomposed.year,
        )
    )


NUMBERLIKE = st.text(alphabet="0123 -–/.:,;()…_aABcĐđÐsốSỐNQTWCP\u0301\u200b\n", max_size=40)


@given(st.text(max_size=250) | NUMBERLIKE)
def test_any_words_are_kept_verbatim_and_a_known_series_has_its_parts(words) -> None:
    read = read_document_number(words)

    assert read.verbatim == words
    assert read.series is Series.UNKNOWN or read.type_symbol or read.issuer_symbol
    assert read.unread is not None or (read.number is not None and read.series is not Series.UNKNOWN)


@given(st.text(max_size=60) | NUMBERLIKE)
def test_folding_leaves_letters_and_digits_between_single_blanks_and_is_stable(words) -> None:
    folded = folded_number(words)

    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", folded)
    assert folded_number(folded) == folded


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("23-CTr/ĐU", "23 ctr du"),
        (" 23 – ctr ⁄ đu", "23 ctr du"),
        ("Số: 402-CV/VPĐU", "402 cv vpdu"),
        ("Số, ký hiệu: 402-CV/VPĐU", "402 cv vpdu"),
        ("229-QÐ/TW", "229 qd tw"),
        ("335/2025/NĐ-CP", "335 2025 nd cp"),
        ("０３／NQ-CP", "03 nq cp"),
        ("số", "so"),
        ("—", ""),
    ],
)
def test_a_number_is_folded_for_search(words, folded) -> None:
    assert folded_number(words) == folded


@pytest.mark.parametrize(
    ("symbol", "known"),
    [("ctr", "CTr"), ("QĐI", "QĐi"), ("ĐA", "ĐA"), ("da", "DA"), ("XYZ", None), ("", None)],
)
def test_a_type_symbol_is_known_by_letters_and_marks_not_by_capitals(symbol, known) -> None:
    assert known_type(symbol) == known


@pytest.mark.parametrize(
    ("issuer", "series"),
    [
        ("ĐU", "party"),
        ("ubktđu", "party"),
        ("UBND.VX", "state"),
        ("CP-ĐU", "unknown"),
        ("ĐHQG", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_issuer_tells_its_series_or_none(issuer, series) -> None:
    assert issuer_series(issuer) is Series(series)


@needs_facts
def test_every_listed_type_symbol_is_known_and_means_the_listed_type() -> None:
    for listed in json.loads(FACTS.read_text(encoding="utf-8"))["types"]:
        symbol = listed["symbol"].split()[0]

        assert listed["name"] in {meaning.vi for meaning in TYPES[symbol]}


@needs_facts
def test_every_listed_example_is_read_as_a_party_number() -> None:
    examples = json.loads(FACTS.read_text(encoding="utf-8"))["meta"]["examples"]
    numbers = [number for example in examples for number in re.findall(r"[0-9]+-\w+/\w+", example)]

    assert len(numbers) >= len(examples)
    assert {read_document_number(number).series for number in numbers} == {Series.PARTY}


@needs_facts
def test_every_listed_issuer_symbol_tells_the_party() -> None:
    listed = json.loads(FACTS.read_text(encoding="utf-8"))["issuer_symbols"]
    symbols = [symbol for row in listed for symbol in re.findall(r"/(\w+)", row["symbol"])]

    assert {issuer_series(symbol) for symbol in symbols} == {Series.PARTY}
