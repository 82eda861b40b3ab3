"""Laws of the words: every refusal, action and fact says what it is in both languages, once."""

import re
from collections import Counter

from house import refusals, room_modules

from app.core.act import FACTS, Action
from app.wiring import commands, resources, routes

CODE = re.compile(r"[a-z][a-z0-9_]*\Z")
PLACE = re.compile(r"\{(\w+)\}")


def test_every_refusal_has_a_code_of_its_own_a_status_and_both_languages() -> None:
    found = {id(one): one for one in refusals()}.values()
    repeated = [code for code, times in Counter(one.code for one in found).items() if times > 1]
    assert len(found) > 20
    assert repeated == []
    for one in found:
        assert CODE.match(one.code), one.code
        assert 400 <= one.status <= 503, one.code
        for text in (one.title, one.detail):
            assert text.vi.strip(), one.code
            assert text.en.strip(), one.code
        assert one.title.vi != one.title.en, one.code
        assert _places(one.detail.vi) == _places(one.detail.en), one.code


def _places(words: str) -> set[str]:
    # A place that differs by language is named for it: {open_vi} and {open_en} are one place.
    return {re.sub(r"_?(vi|en)$", "", name) for name in PLACE.findall(words)}


def test_every_command_asks_for_an_action_that_a_room_declares() -> None:
    declared = {
        value.code
        for module in room_modules("words")
        for value in vars(module).values()
        if isinstance(value, Action)
    }
    asked = {one.action.code for one in commands()}
    assert len(asked) > 5
    assert asked <= declared


def test_every_address_asks_for_a_power_or_is_public_or_reads_through_a_shape() -> None:
    for route in routes():
        assert route.public or route.action is not None or route.method == "GET", route.path
        assert route.says.vi, route.path
        assert route.says.en, route.path


def test_names_of_the_doors_are_unique() -> None:
    names = (
        [one.name for one in commands()]
        + [one.one for one in resources()]
        + [one.many for one in resources()]
    )
    assert len(names) == len(set(names))
    paths = [(one.method, one.path) for one in commands()] + [(one.method, one.path) for one in routes()]
    assert len(paths) == len(set(paths))


def test_every_fact_is_in_the_past_tense_of_a_kind_and_in_both_languages() -> None:
    assert len(FACTS) > 10
    for code, fact in FACTS.items():
        kind, _, what = code.partition(".")
        assert kind.isalpha(), code
        assert what, code
        assert fact.words.vi, code
        assert fact.words.en, code
