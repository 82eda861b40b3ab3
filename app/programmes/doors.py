"""Both doors of programmes: one declaration each for the noun and its verbs."""

from app.core.house import Command, Resource
from app.core.text import Text
from app.programmes import groups, parents, service
from app.programmes.schemas import (
    AddGroup,
    AddParent,
    AddressProgramme,
    AmendGroup,
    AmendProgramme,
    DraftProgramme,
    IssueProgramme,
    RemoveParent,
)
from app.programmes.words import AMEND, DRAFT, ISSUE

RESOURCES = (
    Resource(
        "programmes",
        "Programme",
        one="programme",
        many="programmes",
        include=("owner", "document", "parents", "addressees", "groups"),
    ),
)
_ONE = "/v1/programmes/{id}"

COMMANDS = (
    Command(
        "draft_programme",
        DRAFT,
        service.draft,
        DraftProgramme,
        "POST",
        "/v1/programmes",
        "Programme",
        Text("Dự thảo chương trình.", "Drafts a programme."),
        status=201,
    ),
    Command(
        "amend_programme",
        AMEND,
        service.amend,
        AmendProgramme,
        "PATCH",
        _ONE,
        "Programme",
        Text("Sửa chương trình.", "Amends a programme."),
        on="Programme",
    ),
    Command(
        "issue_programme",
        ISSUE,
        service.issue,
        IssueProgramme,
        "POST",
        f"{_ONE}:issue",
        "Programme",
        Text("Ban hành chương trình.", "Issues a draft."),
        on="Programme",
    ),
    Command(
        "address_programme",
        AMEND,
        service.address,
        AddressProgramme,
        "POST",
        f"{_ONE}:address",
        "Programme",
        Text("Đặt nơi nhận của chương trình.", "Sets the units a programme addresses."),
        on="Programme",
    ),
    Command(
        "add_parent",
        AMEND,
        parents.add_parent,
        AddParent,
        "POST",
        f"{_ONE}:add-parent",
        "Programme",
        Text(
            "Thêm văn bản hoặc chương trình được cụ thể hóa.",
            "Names one more document or programme made concrete.",
        ),
        on="Programme",
    ),
    Command(
        "remove_parent",
        AMEND,
        parents.remove_parent,
        RemoveParent,
        "POST",
        f"{_ONE}:remove-parent",
        "Programme",
        Text(
            "Bỏ văn bản hoặc chương trình được cụ thể hóa.",
            "Takes back a document or programme made concrete.",
        ),
        on="Programme",
    ),
    Command(
        "add_group",
        AMEND,
        groups.add_group,
        AddGroup,
        "POST",
        f"{_ONE}:add-group",
        "Programme",
        Text("Thêm nhóm nội dung.", "Adds a content group."),
        on="Programme",
    ),
    Command(
        "amend_group",
        AMEND,
        groups.amend_group,
        AmendGroup,
        "POST",
        f"{_ONE}:amend-group",
        "Programme",
        Text("Sửa nhóm nội dung.", "Amends a content group."),
        on="Programme",
    ),
)
