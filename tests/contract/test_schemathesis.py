"""The REST contract tried by schemathesis: whatever it promises is answered, whatever it forbids is refused.

Left out, each for its reason:
* `positive_data_acceptance`: what fits the schema may still be refused by a rule (a unit that is not there, a state
  that is past); the rules' own tests say which.
* `use_after_free`, `ensure_resource_availability`: nothing is deleted, and a thing is answered to who may see it.
* `/v1/imports`, its POST: a file of random bytes is refused before anything else of the request is looked at.
"""

import asyncio
import json
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import schemathesis
import uvicorn
from contract.conftest import opened
from hypothesis import HealthCheck, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi import checks

from app.core.application import build
from app.core.embedded import Embedded

FULL = os.environ.get("BAYRO_TEST_FULL") == "1"
CONTRACT = Path(__file__).resolve().parents[2] / "openapi" / "openapi.json"
LEFT_OUT = [
    checks.positive_data_acceptance,
    checks.use_after_free,
    checks.ensure_resource_availability,
]

WRITTEN = json.loads(CONTRACT.read_text(encoding="utf-8"))
contract = schemathesis.openapi.from_path(str(CONTRACT))
# A change without If-Match is 428 (RFC 6585); an input of too many items may be too large before it is looked at.
contract.config.checks.missing_required_header.expected_statuses = ["400", "401", "404", "415", "422", "428"]
contract.config.checks.negative_data_rejection.expected_statuses = [
    "400",
    "401",
    "403",
    "404",
    "409",
    "412",
    "413",
    "415",
    "422",
    "428",
]
contract.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@dataclass(frozen=True)
class Served:
    """Where the demo answers, and as whom to ask."""

    address: str
    headers: dict[str, str]


@pytest.fixture(scope="module")
def served(server: Embedded, demo_template: str) -> Iterator[Served]:
    """The demo behind a server in a thread of its own: schemathesis asks one request after the other, without a loop."""
    listener = socket.create_server(("127.0.0.1", 0))
    ready, headers, running = threading.Event(), {}, []

    async def serve() -> None:
        async with opened(server, demo_template) as demo:
            headers.update(demo.secretary.headers)
            config = uvicorn.Config(build(demo.house), lifespan="off", log_config=None, access_log=False)
            running.append(uvicorn.Server(config))
            ready.set()
            await running[0].serve(sockets=[listener])

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(60)
    yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", dict(headers))
    running[0].should_exit = True
    thread.join()
    listener.close()


@contract.exclude(method="POST", path="/v1/imports").parametrize()
@settings(
    max_examples=200 if FULL else 3,
    derandomize=not FULL,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
)
def test_what_runs_keeps_the_contract(case: Case, served: Served) -> None:
    left_out = [*LEFT_OUT, *([checks.negative_data_rejection] if is_right_on_the_wire(case) else [])]
    case.call_and_validate(base_url=served.address, headers=served.headers, excluded_checks=left_out)


def is_right_on_the_wire(case: Case) -> bool:
    """Whether what was made wrong is right in an address: one value for a list of free words is a list of one, and a
    value with nothing in it is not sent at all.
    """
    # Methods that an address does not have are tried as well.
    operation = WRITTEN["paths"][case.path].get(case.method.lower(), {})
    listed = {
        one["name"]
        for one in operation.get("parameters", [])
        if one["schema"].get("type") == "array" and one["schema"]["items"] == {"type": "string"}
    }
    return any(
        value in ({}, []) or (name in listed and not isinstance(value, list))
        for name, value in (case.query or {}).items()
    )
