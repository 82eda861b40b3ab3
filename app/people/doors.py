"""Both doors of persons and positions."""

from app.core.house import Command, Resource
from app.core.text import Text
from app.people import service
from app.people.schemas import AmendPerson, Appoint, EnrolPerson, EstablishPosition, Relieve
from app.people.words import AMEND_PERSON, APPOINT, ENROL, ESTABLISH, RELIEVE

RESOURCES = (
    Resource("people", "Person", one="person", many="people", include=("holdings", "posts")),
    Resource(
        "positions", "Position", one="position", many="positions", include=("unit", "holdings", "holders")
    ),
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
)
