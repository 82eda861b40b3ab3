"""`python -m app.demo [--load]`: seeds the calendar and loads the demo, in a process of its own.

Whoever serves then needs none of what only the first start needs, and starts sooner ever after.
"""

import asyncio
import sys

from app.core.errors import Refused
from app.core.settings import Settings
from app.demo.load import prepared
from app.runtime import addresses_from_environment


def main() -> int:
    """Prepares the database; the exit status."""
    settings = Settings()
    try:
        asyncio.run(prepared(settings, addresses_from_environment(settings), load="--load" in sys.argv[1:]))
    except Refused as refused:
        print(refused.detail.vi, refused.detail.en, sep="\n", file=sys.stderr)  # noqa: T201 - a command's answer
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
