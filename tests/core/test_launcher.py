"""The launcher `./bayro`, run as a newcomer runs it: on a small project of its own, with packages from a folder."""

import base64
import hashlib
import json
import os
import pwd
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UV = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
PREPARING = "Đang chuẩn bị môi trường… / Preparing the environment…\n"

# What the small project does: it says how it was called and which packages it has.
APP = """
import importlib.metadata, json, os, sys
packages = sorted(found.name for found in importlib.metadata.distributions() if found.name.startswith("goi-"))
print(json.dumps({"args": sys.argv[1:], "cwd": os.getcwd(), "has": packages, "path": os.environ["PYTHONPATH"]}))
"""


def wheel(folder: Path, name: str, files: dict[str, str], version: str = "1.0") -> str:
    """Make a wheel; give its line of a lock file."""
    bare = name.replace("-", "_")
    information = f"{bare}-{version}.dist-info"
    written = {
        **files,
        f"{information}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{information}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_digest(text)},{len(text.encode())}\n" for path, text in written.items())
    written[f"{information}/RECORD"] = f"{record}{information}/RECORD,,\n"
    path = folder / f"{bare}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as packed:
        for place, text in written.items():
            entry = zipfile.ZipInfo(place)
            entry.external_attr = 0o100755 << 16  # a plain file that may be run
            packed.writestr(entry, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def _digest(text: str) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


class Project:
    """A checkout with two locks: `goi-chay` to run, `goi-thu` besides it to test."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "Dự án Bảy Rõ (thử)"
        self.wheels = folder / "wheels"
        self.home = folder / "home"
        self.index = folder / "index"
        for made in (self.root / "app", self.wheels, self.home):
            made.mkdir(parents=True)
        shutil.copy(ROOT / "bayro", self.root)
        (self.root / "app" / "__init__.py").touch()
        (self.root / "app" / "__main__.py").write_text(APP)
        self.to_run = self.package("goi-chay")
        self.to_test = self.package("goi-thu")
        self.lock(self.to_run, self.to_run + self.to_test)
        self.env = {
            "PATH": f"{Path(UV).parent}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "UV_CACHE_DIR": str(folder / "cache"),
            "UV_DEFAULT_INDEX": self.index.as_uri(),
            "UV_PYTHON_DOWNLOADS": "never",
        }

    def package(self, name: str) -> str:
        """Put a package into the index; give its line of a lock file."""
        line = wheel(self.wheels, name, {f"{name.replace('-', '_')}.py": ""})
        file = self.wheels / f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
        page = self.index / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<a href="{file.as_uri()}">{file.name}</a>')
        return line

    def lock(self, to_run: str, to_test: str) -> None:
        (self.root / "requirements.lock").write_text(to_run)
        (self.root / "requirements-dev.lock").write_text(to_test)

    def start(self, *args: str, command: str | Path = "", **how) -> "subprocess.Popen[str]":
        how = {"cwd": "/", "env": self.env, **how}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([command or self.root / "bayro", *args], text=True, **pipes, **how)

    def run(self, *args: str, command: str | Path = "", **how) -> tuple[int, str, str]:
        with self.start(*args, command=command, **how) as started:
            out, err = started.communicate(timeout=120)
        return started.returncode, out, err


@pytest.fixture
def project() -> Iterator[Project]:
    folder = Path(tempfile.mkdtemp(prefix="bayro-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield Project(folder)
    shutil.rmtree(folder)


def has(out: str) -> list[str]:
    return json.loads(out)["has"]


def test_the_first_run_prepares_with_one_line_and_the_second_says_nothing(project: Project) -> None:
    code, out, err = project.run("run", "--demo", "hai từ")
    assert (code, err) == (0, PREPARING)
    assert '"args": ["run", "--demo", "hai t' in out
    assert has(out) == ["goi-chay"]
    assert project.run("run")[2] == ""


def test_tests_bring_their_tools_and_a_run_after_them_leaves_them_there(project: Project) -> None:
    assert has(project.run("run")[1]) == ["goi-chay"]
    assert has(project.run("test")[1]) == ["goi-chay", "goi-thu"]
    _, out, err = project.run("run")
    assert (has(out), err) == (["goi-chay", "goi-thu"], "")
    assert project.run("test")[2] == ""


@pytest.mark.parametrize("first", ["run", "test"])
def test_a_changed_lock_is_followed(project: Project, first: str) -> None:
    project.run(first)
    new = project.package("goi-moi")
    project.lock(project.to_run + new, project.to_run + project.to_test + new)
    _, out, err = project.run("run")
    tools = ["goi-thu"] if first == "test" else []
    assert (has(out), err) == (["goi-chay", "goi-moi", *tools], PREPARING)


def test_it_runs_through_a_symbolic_link_from_a_folder_with_an_app_of_its_own(project: Project) -> None:
    stand = project.home / "chỗ đứng"
    (stand / "app").mkdir(parents=True)
    (stand / "app" / "__main__.py").write_text("print('a stranger')")
    (project.home / "link").symlink_to(project.root / "bayro")
    (stand / "second").symlink_to("../link")
    code, out, _ = project.run("run", command="./second", cwd=stand)
    assert code == 0
    assert json.loads(out)["cwd"] == str(stand)
    assert json.loads(out)["path"] == str(project.root)


def test_what_was_compiled_is_kept_even_where_the_surroundings_forbid_it_beside_the_sources(
    project: Project,
) -> None:
    project.env["PYTHONDONTWRITEBYTECODE"] = "1"
    project.run("run")
    kept = {path.name.partition(".")[0] for path in (project.root / ".venv" / "bytecode").rglob("*.pyc")}
    assert "__init__" in kept
    assert not (project.root / "app" / "__pycache__").exists()


def test_many_at_once_prepare_once(project: Project) -> None:
    started = [project.start("run") for _ in range(4)]
    said = [each.communicate(timeout=120) for each in started]
    assert [each.returncode for each in started] == [0] * 4
    assert sorted(err for _, err in said) == ["", "", "", PREPARING]


def test_the_programme_does_not_keep_the_launchers_lock(project: Project) -> None:
    (project.root / "app" / "__main__.py").write_text("import os; print(os.listdir('/proc/self/fd'))")
    _, out, _ = project.run("run")
    assert "'9'" not in out


def test_without_uv_it_is_fetched_by_pip(project: Project) -> None:
    bin_dir = _machine_without_uv(project)
    stand_in = f'#!/bin/sh\nexec "{UV}" "$@"\n'
    wheel(
        project.wheels,
        "uv",
        {"uv/__init__.py": "", "uv-0.13.99.data/scripts/uv": stand_in},
        version="0.13.99",
    )
    code, out, err = project.run("run", env=_offline(project, bin_dir))
    assert (code, err) == (0, PREPARING), err
    assert has(out) == ["goi-chay"]


def test_when_uv_cannot_be_fetched_both_languages_say_what_to_do(project: Project) -> None:
    code, out, err = project.run("run", env=_offline(project, _machine_without_uv(project)))
    assert (code, out) == (1, "")
    assert "Không tải được uv" in err
    assert "uv could not be fetched" in err
    assert "No matching distribution" in err


def test_a_package_that_is_not_what_was_locked_is_not_installed(project: Project) -> None:
    project.lock(project.to_run.replace("sha256:", "sha256:0")[:-2] + "\n", "")
    code, out, err = project.run("run")
    assert (code, out) == (1, "")
    assert "Không cài được các gói" in err
    assert "The packages could not be installed" in err
    # Nothing half-made is taken for whole the next time.
    project.lock(project.to_run, "")
    assert has(project.run("run")[1]) == ["goi-chay"]


def test_a_mirror_that_only_pip_knows_is_used(project: Project) -> None:
    (project.home / "uv.toml").write_text(f'index-url = "file://{project.home}/nowhere"\n')
    env = {name: value for name, value in project.env.items() if name != "UV_DEFAULT_INDEX"}
    env |= {"UV_CONFIG_FILE": str(project.home / "uv.toml"), "PIP_INDEX_URL": project.index.as_uri()}
    code, out, err = project.run("run", env=env)
    assert code == 0, err
    assert has(out) == ["goi-chay"]


def test_an_environment_whose_python_is_gone_is_made_anew(project: Project) -> None:
    project.run("run")
    python = project.root / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    _, out, err = project.run("run")
    assert (has(out), err) == (["goi-chay"], PREPARING)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take another account")
def test_an_ordinary_account_prepares_its_own_checkout_and_is_told_when_it_may_not(project: Project) -> None:
    bin_dir = project.home / "bin"
    bin_dir.mkdir()
    shutil.copy(UV, bin_dir / "uv")
    env = {**project.env, "PATH": f"{bin_dir}:/usr/bin:/bin"}
    daemon = pwd.getpwnam("daemon")
    how = {"user": daemon.pw_uid, "group": daemon.pw_gid, "extra_groups": [], "env": env}
    code, _, err = project.run("run", **how)
    assert code == 1
    assert "Không ghi được" in err
    assert "cannot be written to" in err
    subprocess.run(["chown", "-R", "daemon", project.root.parent], check=True)
    code, out, err = project.run("run", **how)
    assert (code, err) == (0, PREPARING), err
    assert has(out) == ["goi-chay"]


def test_no_registry_has_its_address_in_the_launcher() -> None:
    assert "://" not in (ROOT / "bayro").read_text()


def _machine_without_uv(project: Project) -> Path:
    """A folder of programs with everything the launcher needs but uv."""
    bin_dir = project.home / "bin"
    bin_dir.mkdir()
    for name in ("sh", "readlink", "dirname", "sha256sum", "mkdir", "rm", "mv", "grep", "cat", "flock"):
        (bin_dir / name).symlink_to(shutil.which(name) or pytest.fail(f"{name} is missing"))
    (bin_dir / "python3").symlink_to(
        shutil.which("python3", path="/usr/bin") or pytest.fail("python3 is missing")
    )
    return bin_dir


def _offline(project: Project, bin_dir: Path) -> dict[str, str]:
    return {
        **project.env,
        "PATH": str(bin_dir),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": project.wheels.as_uri(),
    }
