"""the inbox and followed lists

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from core.db import UtcDateTime

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    op.create_table(
        'followed_lists',
        sa.Column('id', number, nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_followed_lists')),
        sa.UniqueConstraint('code', name=op.f('uq_followed_lists_code')),
    )
    op.add_column('deliveries', sa.Column('shown_at', UtcDateTime(timezone=True), nullable=True))
    op.create_index('ix_deliveries_inbox', 'deliveries', ['account_id', 'event_id'])


def downgrade() -> None:
    op.drop_index('ix_deliveries_inbox', 'deliveries')
    op.drop_column('deliveries', 'shown_at')
    op.drop_table('followed_lists')
