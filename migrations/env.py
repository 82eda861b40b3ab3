"""Alembic's environment: one transaction for each migration, lock and statement time-outs, run by `app.migrate`."""

from alembic import context
from sqlalchemy import Connection, text

from app.tables import metadata

connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Run `./bayro migrate`: it opens the database as its owner and takes the lock.")

# A migration that cannot get its lock gives up instead of queueing every reader behind it.
connection.execute(text("SET lock_timeout = '5s'"))
connection.commit()
context.configure(
    connection=connection, target_metadata=metadata, transaction_per_migration=True, include_schemas=True
)
with context.begin_transaction():
    context.run_migrations()
