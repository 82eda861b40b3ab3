"""Data directories and owners of embedded servers."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from owners import Owner, start_owner

from app.core.embedded import Embedded


@pytest.fixture
def own() -> Iterator[Callable[..., Owner]]:
    """Starts owners; ends those that are left."""
    owners: list[Owner] = []

    def start(data_dir: Path, *more: str | Path, **how) -> Owner:
        owners.append(start_owner(data_dir, *more, **how))
        return owners[-1]

    yield start
    for owner in owners:
        owner.close()


@pytest.fixture
def open_dir() -> Iterator[Path]:
    """A folder that every account can pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="bayro-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of a server that ran and was stopped."""
    data_dir = tmp_path_factory.mktemp("made") / "data"
    Embedded.start(data_dir).stop()
    return data_dir


@pytest.fixture
def data_dir(made_once: Path, tmp_path: Path) -> Path:
    """A copy of it of one's own, so that a test need not wait for initdb."""
    copy = tmp_path / "data"
    subprocess.run(["cp", "-a", made_once, copy], check=True)
    return copy
