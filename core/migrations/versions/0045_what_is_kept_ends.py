"""texts of closed cases and results of batches are cleared after a time

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op


revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None

_KEPT = sa.text('cleared_at IS NULL')


def upgrade() -> None:
    op.add_column('cases', sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index('ix_cases_kept', 'cases', ['changed_at'], unique=False, postgresql_where=_KEPT, sqlite_where=_KEPT)
    op.add_column('check_batches', sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('check_batches', 'cleared_at')
    op.drop_index('ix_cases_kept', 'cases')
    op.drop_column('cases', 'cleared_at')
