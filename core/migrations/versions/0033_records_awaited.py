"""records that were public and wait to be corrected are found by an index

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op


revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None

_AWAITED = sa.text("state = 'quarantined' AND published_at IS NOT NULL")


def upgrade() -> None:
    op.create_index('ix_records_awaited', 'records', ['id'], unique=False, postgresql_where=_AWAITED, sqlite_where=_AWAITED)


def downgrade() -> None:
    op.drop_index('ix_records_awaited', 'records')
