"""Answers as ASGI messages: ETag, 304, compression, caching headers. One place, both doors."""

import gzip
import re
from hashlib import blake2b

from starlette.types import Scope, Send

from app.core.canonical import encoded
from app.core.errors import Denied, Refused
from app.core.web.problems import PROBLEM, language_of, problem
from app.core.words import TOKEN_MISSING

JSON = b"application/json"
SMALLEST_COMPRESSED = 1_400  # below one packet compression only costs
_ALWAYS = [
    (b"cache-control", b"private, no-cache"),
    (b"vary", b"Authorization, Accept-Language, Accept-Encoding"),
    (b"x-content-type-options", b"nosniff"),
]
_DECLINED = re.compile(rb"q=0(\.0*)?")
Headers = dict[bytes, bytes]


def headers_of(scope: Scope) -> Headers:
    """The request's headers; of a repeated one the last counts."""
    return dict(scope["headers"])


def tag_of(body: bytes, version: int) -> bytes:
    """`<version>.<digest of the answer>`: the version part serves If-Match, the whole serves If-None-Match."""
    return b'"%d.%s"' % (version, blake2b(body, digest_size=9).hexdigest().encode())


def _coded(tag: bytes, coding: bytes) -> bytes:
    return tag[:-1] + b"." + coding + b'"' if coding else tag


def _matches(header: bytes | None, tag: bytes) -> bool:
    if not header:
        return False
    return header.strip() == b"*" or tag in [one.strip().removeprefix(b"W/") for one in header.split(b",")]


def _takes_gzip(asked: Headers) -> bool:
    """Whether gzip is named and not declined by `q=0` (RFC 9110 §12.5.3)."""
    for part in asked.get(b"accept-encoding", b"").lower().split(b","):
        name, _, weight = part.partition(b";")
        if name.strip() == b"gzip":
            return not _DECLINED.fullmatch(weight.strip())
    return False


async def send_read(
    scope: Scope, send: Send, asked: Headers, body: bytes, version: int, extra: list[tuple[bytes, bytes]]
) -> None:
    """A read's answer: 304 where the caller has it already, compressed where it pays."""
    coding = b"gzip" if len(body) > SMALLEST_COMPRESSED and _takes_gzip(asked) else b""
    tag = _coded(tag_of(body, version), coding)
    headers = [(b"content-type", JSON), (b"etag", tag), *_ALWAYS, *extra]
    if _matches(asked.get(b"if-none-match"), tag):
        await send_raw(send, 304, headers[1:], b"", scope)
        return
    if coding:
        body = gzip.compress(body, compresslevel=4, mtime=0)
        headers.append((b"content-encoding", coding))
    await send_raw(send, 200, headers, body, scope)


async def send_raw(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes, scope: Scope
) -> None:
    """Status, headers and body; a HEAD request gets no body."""
    sized = headers if status == 304 else [*headers, (b"content-length", b"%d" % len(body))]  # noqa: PLR2004 - Not Modified
    await send({"type": "http.response.start", "status": status, "headers": sized})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def challenge(refused: Refused) -> list[tuple[bytes, bytes]]:
    """The challenge of a 401 (RFC 9110 §11.6.1), and of a 403 that another token would not meet (RFC 6750 §3.1).

    What was wrong with a token it does not say.
    """
    if isinstance(refused, Denied) and refused.lies_in_token:
        needed = f'Bearer realm="bayro", error="insufficient_scope", scope="{refused.power}"'
        return [(b"www-authenticate", needed.encode())]
    if refused.refusal.status != 401:  # noqa: PLR2004 - Unauthorized
        return []
    error = b"" if refused.refusal is TOKEN_MISSING else b', error="invalid_token"'
    return [(b"www-authenticate", b'Bearer realm="bayro"' + error)]


async def send_problem(scope: Scope, send: Send, refused: Refused) -> None:
    """The refusal as a problem document in the caller's language."""
    language = language_of(headers_of(scope).get(b"accept-language", b"").decode("latin-1"))
    document = problem(refused, language, scope["path"])
    extra = [(name.lower().encode(), value.encode()) for name, value in refused.headers.items()]
    extra += challenge(refused)
    headers = [(b"content-type", PROBLEM), (b"content-language", language.encode()), *_ALWAYS, *extra]
    await send_raw(send, refused.refusal.status, headers, encoded(document), scope)
