"""What only one of the two databases holds: added, changed and ended, all of it out of the viewers' sight."""

from collections.abc import Mapping

import asyncpg
from sight.ground import COMMON_WORDS, HIDDEN_WORD, Ground, filled, sent, verb
from sight.sides import Side
from stage import Caller

from app.core.embedded import Embedded


async def altered(callers: Mapping[str, Caller], ground: Ground) -> None:
    """Adds, changes and ends things by the public doors, all of them out of the viewers' sight."""
    keeper, owner, clerk = callers["keeper"], callers["owner"], callers["clerk"]
    hidden = ground.things["hidden"]
    ground.things["added"] = await filled(
        keeper, ground.units["below"], HIDDEN_WORD, owner, (owner, clerk), shut=True
    )
    on = f"/v1/programmes/{hidden['programme']}"
    await verb(keeper, on, "", {"title": f"Chương trình {COMMON_WORDS} {HIDDEN_WORD}", "note": "đã đổi"})
    groups = (await keeper.get(f"{on}?include=groups")).json()["groups"]
    await sent(
        keeper,
        "POST",
        f"{on}:amend-group",
        {"group_id": groups[0]["id"], "title": f"Nhóm {HIDDEN_WORD}"},
        on=on,
    )
    await verb(keeper, on, ":add-parent", {"document_id": hidden["document"]})
    indicator = f"/v1/indicators/{hidden['programme.indicator']}"
    await verb(keeper, indicator, "", {"title": f"Tỷ lệ {COMMON_WORDS} {HIDDEN_WORD}", "number": "0"})
    await verb(keeper, indicator, ":measure", {"period": "2026-Q1", "value": "99"})
    task = f"/v1/tasks/{hidden['programme.task1']}"
    await verb(
        keeper,
        task,
        "",
        {"title": f"Nhiệm vụ {COMMON_WORDS} {HIDDEN_WORD}", "deadline_words": "Tháng 1/2026"},
    )
    await verb(keeper, f"/v1/tasks/{hidden['programme.task2']}", ":withdraw", {"reason": "trùng"})
    document = f"/v1/documents/{hidden['document']}"
    await verb(keeper, document, "", {"title": f"Kế hoạch {COMMON_WORDS} {HIDDEN_WORD}"})
    await verb(keeper, document, ":add-clause", {"label": "2", "text": HIDDEN_WORD})
    await verb(keeper, f"/v1/imports/{hidden['import']}", ":withdraw", {"reason": "nhập nhầm"})
    await verb(keeper, f"/v1/interests/{hidden['interest']}", ":end")
    await verb(owner, f"/v1/delegations/{hidden['delegation']}", ":revoke")
    await verb(keeper, f"/v1/grants/{hidden['grant']}", ":withdraw")


async def linked(server: Embedded, side: Side, ground: Ground) -> None:
    """Links between what is seen and what is hidden, as rows alone: no version that the viewers see rises by them.

    And some hidden rows are simply not there any more.
    """
    hidden, added = ground.things["hidden"], ground.things["added"]
    connection = await asyncpg.connect(server.dsn("postgres", side.name))
    await connection.execute("SET session_replication_role = replica")
    for task in ground.things["crossed"].values():
        await connection.execute(
            "INSERT INTO task_indicator (task_id, indicator_id) VALUES ($1, $2)",
            task,
            added["programme.indicator"],
        )
        await connection.execute(
            "INSERT INTO task_basis (id, task_id, document_id, ordinal) VALUES (gen_random_uuid(), $1, $2, 90)",
            task,
            added["document"],
        )
    for name in ("open", "commune", "branch"):
        for column, value in (
            ("document_id", added["document"]),
            ("parent_programme_id", added["programme"]),
        ):
            await connection.execute(
                f"INSERT INTO programme_parent (id, programme_id, {column}) VALUES (gen_random_uuid(), $1, $2)",
                ground.things[name]["issued"],
                value,
            )
        await connection.execute(
            "INSERT INTO programme_parent (id, programme_id, parent_programme_id) VALUES (gen_random_uuid(), $1, $2)",
            hidden["programme"],
            ground.things[name]["issued"],
        )
    await connection.execute("DELETE FROM interest WHERE id = $1", hidden["interest"])
    await connection.close()
