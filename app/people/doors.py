"""Both doors of persons, positions and personal tokens."""

from app.core.house import Command, Resource
from app.core.inputs import Nothing
from app.core.text import Text
from app.people import personal_tokens, service
from app.people.schemas import (
    AmendPerson,
    Appoint,
    CreatePersonalToken,
    EnrolPerson,
    EstablishPosition,
    Relieve,
)
from app.people.shapes import NOT_REVOKED, OWN_TOKEN
from app.people.words import (
    AMEND_PERSON,
    APPOINT,
    CREATE_TOKEN,
    ENROL,
    ESTABLISH,
    RELIEVE,
    REVOKE_TOKEN,
)

RESOURCES = (
    Resource("people", "Person", one="person", many="people", include=("holdings", "posts")),
    Resource(
        "positions", "Position", one="position", many="positions", include=("unit", "holdings", "holders")
    ),
    Resource("personal-tokens", "PersonalToken", one="personal_token", many="personal_tokens"),
)

COMMANDS = (
    Command(
        "enrol_person",
        ENROL,
        service.enrol,
        EnrolPerson,
        "POST",
        "/v1/people",
        "Person",
        Text("Ghi nhận cán bộ hoặc tài khoản dịch vụ.", "Enrols a person or service account."),
        status=201,
    ),
    Command(
        "amend_person",
        AMEND_PERSON,
        service.amend,
        AmendPerson,
        "PATCH",
        "/v1/people/{id}",
        "Person",
        Text("Sửa thông tin; khóa hoặc mở truy cập.", "Amends a person; turns access off or on."),
        on="Person",
    ),
    Command(
        "establish_position",
        ESTABLISH,
        service.establish,
        EstablishPosition,
        "POST",
        "/v1/positions",
        "Position",
        Text("Lập chức danh trong đơn vị.", "Establishes a position in a unit."),
        status=201,
    ),
    Command(
        "appoint",
        APPOINT,
        service.appoint,
        Appoint,
        "POST",
        "/v1/positions/{id}:appoint",
        "Position",
        Text("Bổ nhiệm, giao quyền từ một ngày.", "Appoints to a position from a day on."),
        on="Position",
    ),
    Command(
        "relieve",
        RELIEVE,
        service.relieve,
        Relieve,
        "POST",
        "/v1/positions/{id}:relieve",
        "Position",
        Text("Cho thôi giữ chức từ một ngày.", "Relieves of a position from a day on."),
        on="Position",
    ),
    Command(
        "create_personal_token",
        CREATE_TOKEN,
        personal_tokens.create,
        CreatePersonalToken,
        "POST",
        "/v1/personal-tokens",
        "PersonalToken",
        Text(
            "Tạo mã truy cập cho chính mình; mã chỉ hiện một lần, trong câu trả lời này.",
            "Creates a token for oneself; its text is shown once, in this answer.",
        ),
        status=201,
        shows_once="token",
    ),
    Command(
        "revoke_personal_token",
        REVOKE_TOKEN,
        personal_tokens.revoke,
        Nothing,
        "POST",
        "/v1/personal-tokens/{id}:revoke",
        "PersonalToken",
        Text(
            "Thu hồi mã của mình; không dùng được nữa ngay sau đó.",
            "Revokes a token of one's own; it can be used no more from then on.",
        ),
        on="PersonalToken",
        about=(OWN_TOKEN,),
        open_if=NOT_REVOKED,
        # A token that has leaked is revoked whatever happened to it meanwhile.
        versioned=False,
    ),
)
