"""Pages for people: interactive documentation, its assets from our own host, and the addresses of health and contract."""

from importlib.resources import files
from pathlib import Path

import fastapi_swagger
from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

from app.core.house import House
from app.core.web.openapi import document

ASSETS = Path(str(files("app.core.web") / "assets"))
READ = ["GET", "HEAD"]
SWAGGER = Path(fastapi_swagger.__file__).parent / "resources"


def open_site(app: FastAPI, house: House) -> None:
    """Adds the pages. Nothing in them comes from another host."""
    contract = document(house)
    app.openapi = lambda: contract  # type: ignore[method-assign] - FastAPI's own way to bring a document

    async def openapi() -> JSONResponse:
        return JSONResponse(contract)

    async def docs() -> HTMLResponse:
        return HTMLResponse((ASSETS / "docs.html").read_text(encoding="utf-8"))

    async def script() -> FileResponse:
        return FileResponse(ASSETS / "docs.js", media_type="text/javascript")

    async def home() -> RedirectResponse:
        return RedirectResponse("/docs")

    app.add_api_route("/openapi.json", openapi, methods=READ, include_in_schema=False)
    app.add_api_route("/docs", docs, methods=READ, include_in_schema=False)
    app.add_api_route("/assets/docs.js", script, methods=READ, include_in_schema=False)
    app.add_api_route("/", home, methods=READ, include_in_schema=False)
    app.mount("/assets/graphiql", StaticFiles(directory=ASSETS / "graphiql"), name="graphiql")
    app.mount("/assets/swagger", StaticFiles(directory=SWAGGER), name="swagger")
