"""The REST contract tried by schemathesis: whatever it promises is answered, whatever it forbids is refused.

Left out, with reasons: `ignored_auth` (what is public is declared so and answers without a token; test_rest_reads asks
every protected address without one), `use_after_free` and `ensure_resource_availability` (nothing is deleted, and a
thing is answered only to who may see it).
"""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from contract.conftest import PERSONAS, _addresses, _copy, _drop, opened
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
