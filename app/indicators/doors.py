"""Both doors of indicators: one declaration each for the noun and its verbs."""

from app.core.house import Command, Resource
from app.core.inputs import Nothing
from app.core.text import Text
from app.indicators import service
from app.indicators.schemas import AmendIndicator, DraftIndicator, MeasureIndicator
from app.indicators.shapes import MEASURED, STANDING
from app.indicators.words import AMEND, DRAFT, MEASURE

RESOURCES = (
    Resource(
        "indicators",
        "Indicator",
        one="indicator",
        many="indicators",
        include=("programme", "group", "parent", "children", "lead", "targets", "measurements", "latest"),
    ),
)

COMMANDS = (
    Command(
        "draft_indicator",
        DRAFT,
        service.draft,
        DraftIndicator,
        "POST",
        "/v1/indicators",
        "Indicator",
        Text(
            "Dự thảo chỉ tiêu; mức cần đạt ghi bằng lời, hệ thống đọc.",
            "Drafts an indicator; its targets are given in words and read.",
        ),
        status=201,
    ),
    Command(
        "amend_indicator",
        AMEND,
        service.amend,
        AmendIndicator,
        "PATCH",
        "/v1/indicators/{id}",
        "Indicator",
        Text("Sửa chỉ tiêu.", "Amends an indicator."),
        on="Indicator",
        open_if=STANDING,
    ),
    Command(
        "withdraw_indicator",
        AMEND,
        service.withdraw,
        Nothing,
        "POST",
        "/v1/indicators/{id}:withdraw",
        "Indicator",
        Text("Rút chỉ tiêu; vẫn đọc được.", "Withdraws an indicator; it stays readable."),
        on="Indicator",
        open_if=STANDING,
    ),
    # No version is asked for: a figure adds to the record and overwrites nothing, and of each period one stands.
    Command(
        "measure_indicator",
        MEASURE,
        service.measure,
        MeasureIndicator,
        "POST",
        "/v1/indicators/{id}:measure",
        "Indicator",
        Text("Ghi hoặc đính chính số liệu của một kỳ.", "Records or corrects the figure of a period."),
        on="Indicator",
        about=(MEASURED,),
        open_if=STANDING,
        versioned=False,
    ),
)
