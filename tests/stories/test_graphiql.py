"""The interactive page works as tools expect: it asks the schema about itself, and nothing comes from another host."""

import re

from graphql import build_client_schema, get_introspection_query
from stage import Stage


async def test_tools_may_ask_the_schema_about_itself_without_a_token(stage: Stage) -> None:
    query = get_introspection_query(input_value_deprecation=True, directive_is_repeatable=True)
    answer = await stage.client.post("/graphql", json={"query": query, "operationName": "IntrospectionQuery"})
    assert "errors" not in answer.json(), answer.text[:500]
    assert build_client_schema(answer.json()["data"]).query_type is not None


async def test_endless_questions_about_the_schema_are_refused(stage: Stage) -> None:
    deep = "{ __schema { types { " + "ofType { " * 20 + "name " + "} " * 20 + "} } }"
    answer = (await stage.client.post("/graphql", json={"query": deep})).json()
    assert answer["errors"][0]["extensions"]["code"] == "query_too_costly"


async def test_pages_bring_their_own_assets(stage: Stage) -> None:
    for address in ("/docs", "/graphql"):
        page = await stage.client.get(address, headers={"Accept": "text/html"})
        assert page.status_code == 200
        assets = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert assets
        for asset in assets:
            assert asset.startswith("/assets/"), asset
            assert (await stage.client.get(asset)).status_code == 200, asset
