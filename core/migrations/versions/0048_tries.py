"""each try that did not end a delivery is kept for whoever asks why

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op


revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('tries',
    sa.Column('id', _ID, nullable=False),
    sa.Column('event_id', _ID, nullable=False),
    sa.Column('account_id', _ID, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('way', sa.String(length=32), nullable=True),
    sa.Column('maybe', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_tries_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tries'))
    )
    op.create_index('ix_tries_delivery', 'tries', ['event_id', 'account_id'], unique=False)
    op.create_index('ix_tries_at', 'tries', ['at'], unique=False)


def downgrade() -> None:
    op.drop_table('tries')
