"""Both doors of powers: one declaration each for the nouns and their verbs."""

from app.authority import delegations, duties, grants
from app.authority.schemas import (
    DeclareInterest,
    EmpowerPosition,
    EndInterest,
    GivePowers,
    KeepApart,
    LendPowers,
    Rejoin,
    RevokeDelegation,
    WithdrawPowers,
)
from app.authority.words import (
    DECLARE_INTEREST,
    DELEGATE,
    END_INTEREST,
    GRANT,
    KEEP_APART,
    REVOKE,
    WITHDRAW,
)
from app.core.house import Command, Resource
from app.core.text import Text

RESOURCES = (
    Resource(
        "grants", "Grant", one="grant", many="grants", include=("position", "unit", "basis", "delegations")
    ),
    Resource(
        "delegations",
        "Delegation",
        one="delegation",
        many="delegations",
        include=("giver", "receiver", "unit", "basis", "grant"),
    ),
    Resource("duties", "Duty", one="duty", many="duties", include=("basis",)),
    Resource("interests", "Interest", one="interest", many="interests", include=("person",)),
)

COMMANDS = (
    Command(
        "give_powers",
        GRANT,
        grants.give,
        GivePowers,
        "POST",
        "/v1/grants",
        "Grant",
        Text("Giao quyền cho một chức danh.", "Gives powers to a position."),
        status=201,
    ),
    Command(
        "empower_position",
        GRANT,
        grants.empower,
        EmpowerPosition,
        "POST",
        "/v1/positions/{id}:empower",
        "Position",
        Text(
            "Giao cho chức danh các quyền thường giao.", "Gives a position the powers usual for its office."
        ),
        on="Position",
    ),
    Command(
        "withdraw_powers",
        WITHDRAW,
        grants.withdraw,
        WithdrawPowers,
        "POST",
        "/v1/grants/{id}:withdraw",
        "Grant",
        Text("Thu hồi quyền đã giao.", "Withdraws a grant; what stands on it ends with it."),
        on="Grant",
    ),
    Command(
        "delegate_powers",
        DELEGATE,
        delegations.lend,
        LendPowers,
        "POST",
        "/v1/delegations",
        "Delegation",
        Text("Ủy quyền.", "Delegates powers to another holder."),
        status=201,
    ),
    Command(
        "revoke_delegation",
        REVOKE,
        delegations.revoke,
        RevokeDelegation,
        "POST",
        "/v1/delegations/{id}:revoke",
        "Delegation",
        Text("Thu hồi ủy quyền.", "Revokes a delegation before its time."),
        on="Delegation",
    ),
    Command(
        "keep_duties_apart",
        KEEP_APART,
        duties.keep_apart,
        KeepApart,
        "POST",
        "/v1/duties",
        "Duty",
        Text("Tách hai quyền khỏi nhau.", "Keeps two powers apart."),
        status=201,
    ),
    Command(
        "rejoin_duties",
        KEEP_APART,
        duties.rejoin,
        Rejoin,
        "POST",
        "/v1/duties/{id}:rejoin",
        "Duty",
        Text("Thôi tách hai quyền.", "Lets two powers meet in one person again."),
        on="Duty",
    ),
    Command(
        "declare_interest",
        DECLARE_INTEREST,
        duties.declare_interest,
        DeclareInterest,
        "POST",
        "/v1/interests",
        "Interest",
        Text("Ghi nhận lợi ích liên quan.", "Records an interest."),
        status=201,
    ),
    Command(
        "end_interest",
        END_INTEREST,
        duties.end_interest,
        EndInterest,
        "POST",
        "/v1/interests/{id}:end",
        "Interest",
        Text("Ghi nhận thôi lợi ích liên quan.", "Records that an interest is no longer."),
        on="Interest",
    ),
)
