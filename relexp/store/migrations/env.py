"""Runs the migrations on the connection that `relexp.store.schema` has begun a transaction on."""

from alembic import context

from relexp.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    # SQLite changes a table by building it anew.
    render_as_batch=True,
)
context.run_migrations()
