"""Settings: everything an operator may set, read once from the environment (prefix BAYRO_, and DATABASE_URL)."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    cors_origins: list[str] = Field(default_factory=list, description="origins that may call from a browser")
    log_level: str = "INFO"
