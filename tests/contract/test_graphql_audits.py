"""GraphQL over HTTP: the audits of the npm package `graphql-http`, run against a server on loopback."""

import asyncio
import json
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from contract.conftest import Demo

from app.core.application import build

AUDITS = 61
SCRIPT = Path(__file__).with_name("audits.mjs")


@pytest.fixture(scope="module")
def auditor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script beside its package, installed into a folder of the run's own."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed: the audits are an npm package")
    folder = tmp_path_factory.mktemp("audits")
    installing = ["npm", "install", "--no-audit", "--no-fund", "graphql-http@1.23", "graphql@16"]
    done = subprocess.run(installing, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        pytest.skip(f"the package registry does not give graphql-http: {done.stderr[-200:]}")
    return Path(shutil.copy(SCRIPT, folder))


@asynccontextmanager
async def served(demo: Demo) -> AsyncIterator[str]:
    """The house behind a real server; its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(build(demo.house), lifespan="off", log_config=None, access_log=False)
    )
    # The socket listens already: what comes before the server has started waits in its queue.
    running = asyncio.create_task(server.serve(sockets=[listener]))
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await running
    listener.close()


async def test_every_audit_of_graphql_over_http_passes(demo: Demo, auditor: Path) -> None:
    async with served(demo) as address:
        process = await asyncio.create_subprocess_exec(
            "node", str(auditor), f"{address}/graphql", cwd=auditor.parent, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await process.communicate()

    audits = [json.loads(line) for line in said.splitlines()]
    assert len(audits) == AUDITS
    assert [one for one in audits if one["status"] != "ok"] == []
