"""messages that wait for a receipt are found by an index

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op


revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

_ACCEPTED = sa.text("state IN ('accepted')")


def upgrade() -> None:
    op.create_index('ix_deliveries_accepted', 'deliveries', ['settled_at'], unique=False, postgresql_where=_ACCEPTED, sqlite_where=_ACCEPTED)
