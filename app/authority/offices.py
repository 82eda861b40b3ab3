"""Which powers offices are usually given: a proposal for whoever writes the grant, never a power by itself."""

from collections.abc import Iterable

# By prefix of the power code; a full code is its own prefix.
_USUAL: dict[str, tuple[str, ...]] = {
    "secretary": (
        *("unit.", "person.", "position.", "document.", "programme.", "indicator.", "task.", "import."),
        *("calendar.", "authority."),
    ),
    "deputy": (
        *("document.", "programme.draft", "programme.amend", "programme.propose", "indicator.", "task."),
        *("import.", "authority.delegate"),
    ),
    "head": (
        *("document.", "programme.draft", "programme.amend", "programme.propose", "indicator.", "task."),
        *("import.", "unit.alias", "authority.delegate"),
    ),
    "member": (),
    "specialist": (
        *("document.record", "document.amend", "indicator.draft", "indicator.amend", "indicator.measure"),
        *("task.draft", "task.amend", "import."),
    ),
    # The inspection committee reads everything within its reach and changes nothing.
    "inspector": ("audit.read", "authority.explain"),
    "integration": (
        *("document.record", "indicator.draft", "indicator.measure", "task.draft", "task.amend", "import."),
    ),
}


USUAL_CLASSES = {"secretary": 2, "deputy": 2, "head": 2, "inspector": 2}
_DEPTHS = {"secretary": 2, "deputy": 1, "head": 1}


def usual_class(office: str) -> int:
    """The highest class usual for the office."""
    return USUAL_CLASSES.get(office, 1)


def usual_depth(office: str) -> int:
    """How many delegations may usually stand on the powers of the office."""
    return _DEPTHS.get(office, 0)


def usual_powers(office: str, powers: Iterable[str]) -> tuple[str, ...]:
    """The powers usual for the office, out of those there are."""
    starts = _USUAL[office]
    return tuple(
        power
        for power in powers
        if any(power.startswith(one) if one.endswith(".") else power == one for one in starts)
    )
