"""Settings: everything an operator may set, read once from the environment (prefix BAYRO_, and DATABASE_URL)."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Algorithm = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"
]
"""Signatures that only the holder of a private key can make: neither `none` nor HMAC can be allowed by a setting."""


def guarded_address(url: str) -> str:
    """The address itself, if nobody on the way can change what it answers. Raises ValueError for any other."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise ValueError("must be a whole https address, without a user name or a fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname)):
        raise ValueError("must be https; http only on this machine (localhost, 127.0.0.1, ::1)")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


Address = Annotated[str, AfterValidator(guarded_address)]


class Settings(BaseSettings):
    """What an operator may set. Sizes in bytes, times in seconds unless the name says otherwise."""

    model_config = SettingsConfigDict(env_prefix="BAYRO_", populate_by_name=True)

    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="PostgreSQL 15 or later; unset means the embedded server",
    )
    data_dir: Path = Field(
        default_factory=lambda: Path.home() / ".local" / "share" / "bayro",
        description="the embedded server's data",
    )
    read_connections: int = Field(
        default=4, ge=1, le=64, description="per process; four are best on two cores"
    )
    act_connections: int = Field(default=4, ge=1, le=64, description="per process")
    statement_seconds: float = Field(default=10.0, gt=0, description="longest statement")
    connect_seconds: float = Field(default=5.0, gt=0, description="longest wait for a connection")
    max_body_bytes: int = Field(default=1_048_576, description="largest JSON body")
    import_max_bytes: int = Field(default=10_000_000, description="largest annex file")
    import_max_rows: int = Field(default=5_000, description="most rows of an annex")
    import_seconds: float = Field(default=60.0, description="longest reading of an annex")
    rate_per_minute: int = Field(
        default=60_000, description="requests a caller may spend a minute; GraphQL spends its cost"
    )
    oidc_issuer: Address | None = Field(
        default=None,
        description="issuer of access tokens, exactly as it stands in them; unset: none is trusted",
    )
    oidc_audience: str | None = Field(
        default=None, min_length=1, description="what a token must be meant for; needed with an issuer"
    )
    oidc_jwks_url: Address | None = Field(
        default=None, description="the issuer's keys; unset: found by its discovery document"
    )
    oidc_algorithms: list[Algorithm] = Field(
        default_factory=lambda: ["RS256", "PS256", "ES256", "EdDSA"],
        min_length=1,
        description="signatures taken; asymmetric ones only",
    )
    oidc_person_claim: str = Field(
        default="sub", min_length=1, description="the claim that holds the code of the person"
    )
    oidc_service_claim: str = Field(
        default="client_id",
        min_length=1,
        description="the claim that holds the code of the service account, in a token whose subject is the client itself",
    )
    cors_origins: list[str] = Field(default_factory=list, description="origins that may call from a browser")
    log_level: str = "INFO"

    @model_validator(mode="after")
    def _issuer_with_audience(self) -> Self:
        # Without an audience every token of the issuer would do, whatever service it was given out for.
        if (self.oidc_issuer is None) != (self.oidc_audience is None):
            raise ValueError("BAYRO_OIDC_ISSUER and BAYRO_OIDC_AUDIENCE are set together or not at all")
        return self
