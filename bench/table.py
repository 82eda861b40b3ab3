"""The table: figures of both sides, their ratios, and what misses its target."""

from bench.items import Item
from bench.measure import Figures, Server

LARGEST_WORKER = 120.0
"""MB (10^6 bytes) of memory a worker may hold after the run."""
_COLUMNS = "{:<4}{:>9}{:>9}{:>7}{:>7}  {:>7}{:>7}{:>8}{:>8}  {:>7}{:>7}{:>7}{:>7}{:>6}{:>7}  {}"
HEAD = "\n".join(
    (
        "service against bare: answers a second; p50, p99 in ms; CPU in µs a request (server and PostgreSQL; PostgreSQL alone)",
        _COLUMNS.format(
            "item",
            "req/s",
            "bare",
            "ratio",
            "least",
            "p50",
            "bare",
            "p99",
            "bare",
            "CPU",
            "of PG",
            "bare",
            "of PG",
            "load",
            "errors",
            "",
        ),
    )
)


def line(item: Item, service: Figures, bare: Figures) -> str:
    """One item's line: medians over the rounds."""
    rates = service.middle("rate"), bare.middle("rate")
    return _COLUMNS.format(
        item.name,
        f"{rates[0]:,.0f}",
        f"{rates[1]:,.0f}",
        f"{rates[0] / rates[1]:.2f}",
        "" if item.least is None else f"{item.least:.2f}",
        *(f"{side.middle(name):.1f}" for name in ("p50", "p99") for side in (service, bare)),
        *(f"{side.middle(name):,.0f}" for side in (service, bare) for name in ("cpu", "cpu_postgres")),
        f"{max(service.middle('load'), bare.middle('load')):.2f}",
        service.errors + bare.errors,
        item.says,
    )


def missed(item: Item, service: Figures, bare: Figures) -> list[str]:
    """What of an item is not as it must be."""
    found = []
    ratio = service.middle("rate") / bare.middle("rate")
    if item.least is not None and ratio < item.least:
        found.append(
            f"item {item.name}: expected at least {item.least:.2f} of the bare application, got {ratio:.2f}"
        )
    for name, side in (("service", service), ("bare application", bare)):
        if side.errors:
            found.append(
                f"item {item.name}: expected no wrong answer, got {side.errors} of the {name}: {side.wrong!r}"
            )
    return found


def summary(service: Server, bare: Server) -> tuple[str, list[str]]:
    """Memory and start-up, and what of them misses its target."""
    memory, plain = service.pss(), bare.pss()
    text = (
        f"\nmemory of a worker after the run (PSS): {memory:.0f} MB, bare {plain:.0f} MB, allowed {LARGEST_WORKER:.0f} MB"
        f"\nfrom typing to the first answer: {service.started:.1f} s, bare {bare.started:.1f} s"
    )
    heavy = (
        [f"memory: expected a worker under {LARGEST_WORKER:.0f} MB, got {memory:.0f} MB"]
        if memory >= LARGEST_WORKER
        else []
    )
    return text, heavy
