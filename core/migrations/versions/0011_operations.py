"""operations

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
OPEN = sa.text("state IN ('waiting', 'running')")


def upgrade() -> None:
    op.create_table('operations',
    sa.Column('id', BIG, nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('owner_kind', sa.Enum('account', 'institution', name='ownerkind', native_enum=False, length=32), nullable=False),
    sa.Column('owner_id', BIG, nullable=False),
    sa.Column('kind', sa.Enum('report', 'account_export', 'batch_verification', name='operationkind', native_enum=False, length=32), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'running', 'done', 'failed', name='operationstate', native_enum=False, length=32), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('fence', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_operations')),
    sa.UniqueConstraint('public_id', name=op.f('uq_operations_public_id'))
    )
    op.create_index(op.f('ix_operations_expires_at'), 'operations', ['expires_at'])
    op.create_index('ix_operations_owner', 'operations', ['owner_kind', 'owner_id'])
    op.create_index('ix_operations_open', 'operations', ['due_at'], postgresql_where=OPEN, sqlite_where=OPEN)


def downgrade() -> None:
    op.drop_table('operations')
