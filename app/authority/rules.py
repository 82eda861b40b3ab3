"""Which office carries which powers over its branch, and what a token narrows them to: pure data and decisions."""

from uuid import UUID

from app.core.act import Actor, Ground, Post, Terms

# By prefix of the power code; a full code is its own prefix.
OFFICE_POWERS: dict[str, tuple[str, ...]] = {
    "secretary": (
        "unit.",
        "person.",
        "position.",
        "document.",
        "programme.",
        "indicator.",
        "task.",
        "import.",
        "calendar.",
    ),
    "deputy": ("document.", "programme.draft", "programme.amend", "indicator.", "task.", "import."),
    "head": (
        "document.",
        "programme.draft",
        "programme.amend",
        "indicator.",
        "task.",
        "import.",
        "unit.alias",
    ),
    "member": (),
    "specialist": (
        "document.record",
        "document.amend",
        "indicator.draft",
        "indicator.amend",
        "indicator.measure",
        "task.draft",
        "task.amend",
        "import.",
    ),
    # The inspection committee reads what it may and changes nothing.
    "inspector": (),
    "integration": (
        "document.record",
        "indicator.draft",
        "indicator.measure",
        "task.draft",
        "task.amend",
        "import.",
    ),
}


def carried_powers(office: str) -> frozenset[str]:
    """Prefixes of the power codes that the office carries."""
    return frozenset(OFFICE_POWERS.get(office, ()))


def carries(post: Post, power: str) -> bool:
    """Whether the post carries the power, wherever it may be used."""
    return _among(power, post.powers)


def within(scopes: frozenset[str] | None, power: str) -> bool:
    """Whether a token of these scopes leaves its person the power (None: it narrows nothing). It never adds one."""
    return scopes is None or _among(power, scopes)


def _among(power: str, named: frozenset[str]) -> bool:
    return any(power.startswith(one) if one.endswith(".") else power == one for one in named)


def candidates(actor: Actor, power: str, terms: Terms) -> tuple[Post, ...]:
    """Posts that could carry the act: the one named in `as`, or all; own office before acting."""
    posts = [post for post in actor.posts if carries(post, power) and terms.post in {None, post.position_id}]
    return tuple(sorted(posts, key=lambda post: post.kind != "substantive"))


def own_ground(person_id: UUID, power: str) -> Ground:
    """The ground an act on one's own thing stands on: no post carries it."""
    return Ground(power, None, None, "self", (f"person:{person_id}",))


def ground_of(post: Post, power: str) -> Ground:
    """The ground an act stands on when this post carries it."""
    capacity = "Q." if post.kind == "acting" else "office"
    return Ground(power, post.position_id, post.unit_id, capacity, (f"holding:{post.holding_id}",))
