"""The README keeps its word: its tour is run as it stands against a live demo, its tables agree with the sources."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import cli, runtime
from app.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
# A fence of commands under the comment is run; the fence right after it is the answer promised.
CHECKED = re.compile(r"<!-- checked -->\n```sh\n(.*?)```\n(?:```(\w+)\n(.*?)```\n)?", re.DOTALL)
SCREEN = re.compile(r"<!-- checked: screen -->\n```text\n(.*?)```\n", re.DOTALL)
ADDRESS = "http://127.0.0.1:8000"
BETWEEN = "@@@ next @@@"
PATIENCE = 60.0  # seconds for a start on a busy machine
# What differs from run to run, longest first: an id inside a receipt is still an id.
MASKS = (
    (re.compile(r"eyJ[\w.-]+…?"), "<token>"),
    (re.compile(r"http://127\.0\.0\.1:\d+"), "<url>"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<id>"),
    (re.compile(r"\b[0-9a-f]{16,64}\b"), "<digest>"),
    (re.compile(r"\(\d+\.\d s\)"), "(<seconds> s)"),
)


pytestmark = pytest.mark.skipif(
    "BAYRO_TEST_BINARIES" in os.environ, reason="what the README tells runs on the embedded server alone"
)


@dataclass(frozen=True)
class Step:
    """A fence of commands, and the answer that the README promises."""

    commands: str
    kind: str
    promised: str


STEPS = [Step(*found) for found in CHECKED.findall(TEXT)]
ANSWERED = [number for number, step in enumerate(STEPS) if step.kind]


@dataclass(frozen=True)
class Demo:
    """A demo that runs: its address, its data, what its screen showed."""

    url: str
    data: Path
    screen: str

    def token(self, persona: str) -> str:
        """The persona's token, as the screen shows it."""
        found = re.search(rf"^  {persona} +(\S+)$", self.screen, re.MULTILINE)
        assert found, persona
        return found[1]


def surroundings(data: Path) -> dict[str, str]:
    """The environment of a newcomer: none of our settings, and terminal lines of 100 characters."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BAYRO_", "DATABASE_"))}
    ours = {
        "BAYRO_DATA_DIR": str(data),
        "PYTHONPATH": str(ROOT),
        "PYTHONSAFEPATH": "1",
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
    }
    return {**kept, **ours}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("readme")
    told = folder / "screen"
    command = [sys.executable, "-m", "app", "run", "--demo", "--port", "0", "--no-worker"]
    with told.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=surroundings(folder / "data"), stdout=out, stderr=subprocess.STDOUT
        )
    try:
        screen = shown(told, process)
        address = re.search(r"http://127\.0\.0\.1:\d+", screen)
        assert address, screen
        yield Demo(address[0], folder / "data", screen)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def shown(told: Path, process: subprocess.Popen[bytes]) -> str:
    """The whole first screen."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        screen = told.read_text(encoding="utf-8")
        if "Ctrl+C\n" in screen:
            return screen
        time.sleep(0.1)
    raise AssertionError(
        f"expected the first screen within {PATIENCE} s, got: {told.read_text(encoding='utf-8')}"
    )


@pytest.fixture(scope="module")
def answers(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each step of the tour answered, run one after the other in one shell."""
    if shutil.which("curl") is None:
        pytest.skip("the tour is told in curl")
    script = f"\nprintf '%s\\n' '{BETWEEN}'\n".join(step.commands for step in STEPS)
    # One token comes from the command, as told; the screen shows the same for every persona, and a start is dear.
    script = re.sub(r"\$\(\./bayro token --as (?!secretary)(\w+)\)", lambda one: demo.token(one[1]), script)
    script = script.replace("./bayro", f"{shlex.quote(sys.executable)} -m app").replace(ADDRESS, demo.url)
    where = tmp_path_factory.mktemp("tour")
    done = subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=where,
        env=surroundings(demo.data),
        capture_output=True,
        text=True,
        check=False,
    )
    parts = done.stdout.split(f"{BETWEEN}\n")
    assert (done.returncode, len(parts)) == (0, len(STEPS)), done.stderr + done.stdout
    return parts


def masked(words: str) -> list[str]:
    """Lines without what differs from run to run, and without what a terminal does not show."""
    for what, name in MASKS:
        words = what.sub(name, words)
    return [line.rstrip() for line in words.strip().splitlines()]


def document(words: str) -> Any:
    """A JSON answer: how it is folded does not matter."""
    return json.loads("\n".join(masked(words)))


@pytest.mark.parametrize("number", ANSWERED)
def test_the_tour_answers_what_the_readme_promises(number: int, answers: list[str]) -> None:
    step, answer = STEPS[number], answers[number]
    read = document if step.kind == "json" else masked
    assert read(answer) == read(step.promised), step.commands


def test_the_tour_shows_both_doors_an_import_an_export_and_a_search() -> None:
    told = "".join(step.commands for step in STEPS)
    assert len(ANSWERED) >= 8
    for what in ("/v1/tasks", "clarity", "If-Match", "/graphql", "--dry-run", "annex.xlsx", "/v1/search"):
        assert what in told, what


def test_the_screen_is_the_one_the_readme_shows(demo: Demo) -> None:
    promised = SCREEN.search(TEXT)
    assert promised
    assert masked(demo.screen.replace(str(demo.data), "~/.local/share/bayro")) == masked(promised[1])


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", TEXT, re.MULTILINE))
    expected = {
        str(field.validation_alias or f"BAYRO_{name.upper()}"): _default(name)
        for name, field in Settings.model_fields.items()
    }
    for name in runtime._ENVIRONMENT.values():
        expected[name] = "`DATABASE_URL`"
    assert rows == expected


def _default(name: str) -> str:
    value = Settings.model_fields[name].get_default(call_default_factory=True)
    return "unset" if value is None else f"`{str(value).replace(str(Path.home()), '~')}`"


def test_every_room_stands_in_the_readme() -> None:
    table = TEXT[TEXT.index("## The house") :]
    rooms = sorted(path.parent.name for path in (ROOT / "app").glob("*/__init__.py"))
    assert len(rooms) > 10
    assert [room for room in rooms if f"`{room}`" not in table] == []


def test_every_command_stands_in_the_readme_and_every_one_that_does_exists() -> None:
    known = set(re.findall(r"^    ([a-z]+) ", cli.parser().format_help(), re.MULTILINE))
    named = set(re.findall(r"(?:\./|`|bayro\.env )bayro ([a-z]+)", TEXT, re.MULTILINE))
    assert len(known) > 6
    assert named == known


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
    broken = [f"{page.name}: {link}" for page in pages for link in _links(page) if not _leads(page, link)]
    assert len(pages) > 8
    assert broken == []


def _links(page: Path) -> list[str]:
    return [
        link for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")) if "://" not in link
    ]


def _leads(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    to = (page.parent / path) if path else page
    return to.exists() and (not anchor or anchor in _anchors(to))


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
