import asyncio
import hashlib
import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from app.exchange.child import parse_in_child
from app.exchange.grid import Limits
from app.exchange.refusals import FileRefused
from app.exchange.sheets import read_sheet

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
PLAIN = "TT,Nhiệm vụ,Chủ trì\n1,Xây dựng đề án,Sở Y tế\n".encode()
SECRET = "Phương án số 7 của đội đặc nhiệm"


def parsed(data: bytes, name: str = "a.csv", **limits):
    return asyncio.run(parse_in_child(data, name, Limits(**limits)))


def refusal(data: bytes, name: str = "a.csv", **limits) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        parsed(data, name, **limits)
    return caught.value


def workbook(fill) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("PL II")
    sheet.write_row(0, 0, ["TT", "Nhiệm vụ"])
    sheet.write_row(1, 0, [1, SECRET])
    fill(book, sheet)
    book.close()
    return held.getvalue()


def with_part(data: bytes, name: str, content: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr(name, content)
    return held.getvalue()


def all_words(found: FileRefused) -> str:
    return " ".join((found.text.vi, found.text.en, found.at, str(found), repr(found)))


class TestAnswer:
    def test_the_child_gives_what_the_reader_gives(self):
        for name in ("programme-nq03-2025-pl1-raw.csv", "programme-nq03-2025-pl2-raw.csv"):
            data = (SHARED / name).read_bytes()
            answer = parsed(data, name)
            assert answer.sheets == read_sheet(data, name, Limits())
            assert answer.digest == hashlib.sha256(data).hexdigest()
            assert answer.file_name == name

    def test_marks_merges_and_hidden_places_cross_over(self):
        def fill(book, sheet):
            sheet.merge_range("A4:B5", "gộp")
            sheet.write_formula("C2", "=1+1", value=2)
            sheet.write_number("D2", 0.14523, book.add_format({"num_format": "0%"}))
            sheet.set_row(6, None, None, {"hidden": True})
            sheet.write("A7", "ẩn")
            book.add_worksheet("Hai").hide()

        data = workbook(fill)
        assert parsed(data, "a.xlsx").sheets == read_sheet(data, "a.xlsx", Limits())

    @pytest.mark.parametrize(
        ("data", "limits", "code", "status"),
        [
            (b"%PDF-1.7", {}, "format_unknown", 415),
            (b"", {}, "empty_file", 422),
            (PLAIN * 40, {"rows": 20}, "too_many_rows", 422),
            (b"x" * 101, {"data_bytes": 100}, "too_large", 413),
        ],
    )
    def test_refusals_cross_over_with_their_words(self, data, limits, code, status):
        found = refusal(data, **limits)
        assert (found.code, found.status) == (code, status)
        assert found.text.vi != found.text.en

    def test_files_are_read_side_by_side(self):
        async def several():
            return await asyncio.gather(*(parse_in_child(PLAIN, f"{n}.csv", Limits()) for n in range(4)))

        assert [answer.sheets[0].name for answer in asyncio.run(several())] == ["0", "1", "2", "3"]


class TestBounds:
    def test_a_file_that_takes_too_long_is_refused_and_its_child_is_gone(self):
        started = time.monotonic()
        found = refusal(PLAIN * 60_000, wall_seconds=0.01)
        assert found.code == "file_unreadable"
        assert time.monotonic() - started < 20
        assert not children()

    def test_a_file_that_needs_too_much_memory_is_refused(self):
        swollen = with_part(
            workbook(lambda *_: None), "xl/media/x.xml", "<a>" + "mật độ " * 3_000_000 + "</a>"
        )
        assert refusal(swollen, memory_bytes=90_000_000, unpacked_ratio=10_000).code == "file_unreadable"

    def test_a_file_that_needs_too_much_of_the_processor_is_refused(self):
        rows = "".join(f"{n},{'x' * 30}," + ",".join(["mật độ"] * 90) + "\n" for n in range(4_900))
        assert refusal(rows.encode(), processor_seconds=1).code == "file_unreadable"

    def test_a_caller_who_leaves_takes_the_child_along(self):
        async def leave():
            task = asyncio.create_task(parse_in_child(PLAIN * 60_000, "a.csv", Limits()))
            await asyncio.sleep(0.2)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(leave())
        assert not children()

    def test_a_child_that_is_fed_nonsense_ends_without_a_word(self):
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "app.exchange.child"],
            input=b"not json\nMat",
            capture_output=True,
            cwd=Path(__file__).resolve().parents[2],
            env={"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            check=False,
        )
        assert (ended.returncode, ended.stdout, ended.stderr) == (3, b"", b"")

    def test_nothing_is_written_to_a_disk(self, tmp_path, monkeypatch):
        for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
            monkeypatch.setenv(name, str(tmp_path))
        monkeypatch.chdir(tmp_path)
        parsed(workbook(lambda *_: None), "a.xlsx")
        refusal(workbook(lambda _, sheet: sheet.write("C9", "Tối mật")), "a.xlsx")
        assert list(tmp_path.iterdir()) == []


class TestSecrecy:
    @pytest.mark.parametrize(
        ("data", "at"),
        [
            ("TT,Việc\n1,Mật\n".encode(), "B2"),
            ("TT,Việc\n1,ĐỘ MẬT: TỐI MẬT\n".encode(), "B2"),
            (f'TT,Việc\n1,"{SECRET}\nTuyệt mật"\n'.encode(), "B2"),
            ("M Ậ T,,\nTT,Việc,x\n".encode(), "A1"),
            ("TT,Việc\n1,Ma\u0323\u0302t\n".encode(), "B2"),
            ("TT,Việc\nTỐI M,ẬT\n".encode(), "A2"),
            ("TT,Việc\n1,Mật\n".encode("utf-16"), "B2"),
        ],
    )
    def test_a_marked_cell_is_told_by_its_place_alone(self, data, at):
        found = refusal(data)
        assert (found.code, found.status, found.at) == ("secret_refused", 422, at)
        assert SECRET not in all_words(found)

    @pytest.mark.parametrize(
        ("fill", "name"),
        [
            (lambda _, sheet: sheet.write("C9", "MẬT"), "a.xlsx"),
            (lambda _, sheet: sheet.write_formula("C9", '="M"&"ật"', value="Mật"), "a.xlsx"),
            (lambda book, _: book.add_worksheet("Tối mật"), "a.xlsx"),
            (lambda book, _: book.add_worksheet("Mật").hide(), "a.xlsx"),
            (lambda book, _: book.set_properties({"category": "Tuyệt mật"}), "a.xlsx"),
            (lambda book, _: book.set_custom_property("Độ mật", "Mật"), "a.xlsx"),
            (lambda _, sheet: sheet.set_header('&L&"Times New Roman,Bold"&14MẬT&R&P'), "a.xlsx"),
            (lambda _, sheet: sheet.set_footer("&CĐộ mật: Tối mật"), "a.xlsx"),
            (lambda _, sheet: sheet.insert_textbox("D2", "TUYỆT MẬT"), "a.xlsx"),
            (lambda _, sheet: sheet.write_comment("B2", "Mật"), "a.xlsx"),
            (
                lambda book, sheet: sheet.write_rich_string(
                    "C9", book.add_format({"bold": True}), "T", "ối mật"
                ),
                "a.xlsx",
            ),
            (lambda *_: None, "KH (MẬT).xlsx"),
            (lambda *_: None, "[Tối mật] KH.xlsx"),
        ],
    )
    def test_a_marking_is_found_wherever_a_workbook_can_hold_it(self, fill, name):
        found = refusal(workbook(fill), name)
        assert found.code == "secret_refused"
        assert SECRET not in all_words(found)
        assert name.partition(".")[0] not in all_words(found) or name == "a.xlsx"

    @pytest.mark.parametrize(
        ("part", "content"),
        [
            ("xl/drawings/vmlDrawing9.vml", '<xml><v:textpath string="MẬT"><br></xml>'),
            ("xl/worksheets/sheet7.xml", "<worksheet><is><t>M</t><t>ậ</t><t>t</t></is></worksheet>"),
            ("xl/sharedStrings9.xml", "<sst><si><t>T&#7889;i m&#7853;t</t></si></sst>"),
            ("customXml/item1.xml", '<?xml version="1.0" encoding="UTF-16"?>'),
            ("xl/Mật.xml", "<a/>"),
        ],
    )
    def test_parts_that_no_cell_shows_are_searched(self, part, content):
        data = workbook(lambda *_: None)
        if "UTF-16" in content:
            held = io.BytesIO(data)
            with zipfile.ZipFile(held, "a") as package:
                package.writestr(part, (content + "<a>Mật</a>").encode("utf-16"))
            data = held.getvalue()
        else:
            data = with_part(data, part, content)
        assert refusal(data, "a.xlsx").code == "secret_refused"

    def test_a_workbook_that_speaks_of_secrecy_passes(self):
        def fill(book, sheet):
            sheet.write_column("C1", ["bảo vệ bí mật nhà nước", "mật độ dân số", "cây mật ong", "Độ mật"])
            sheet.set_header("&CBảo vệ bí mật nhà nước")
            book.set_properties({"subject": "Mật độ giao thông"})

        assert parsed(workbook(fill), "bảo vệ bí mật.xlsx").sheets[0].rows

    def test_a_document_type_beside_the_cells_is_refused(self):
        data = with_part(
            workbook(lambda *_: None), "docProps/x.xml", '<!DOCTYPE a [<!ENTITY b "Mật">]><a>&b;ậ</a>'
        )
        assert refusal(data, "a.xlsx").code == "file_damaged"


def children() -> list[str]:
    """Command lines of this process's children that read files."""
    me = str(os.getpid())
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parent = next(
                line.split()[1] for line in status.read_text().splitlines() if line.startswith("PPid:")
            )
            line = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == me and b"app.exchange.child" in line:
            found.append(line.decode())
    return found
