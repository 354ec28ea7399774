"""ways that refused, consents to subscription messages, calls made, alarms

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op


revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_OPEN = sa.text('lifted_at IS NULL')


def upgrade() -> None:
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('refused', sa.String(), nullable=True))
    op.create_table('subscriptions',
    sa.Column('address_id', _ID, autoincrement=False, nullable=False),
    sa.Column('template_id', sa.String(), nullable=False),
    sa.Column('left', sa.Integer(), nullable=False),
    sa.Column('hinted', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_subscriptions_address_id')),
    sa.PrimaryKeyConstraint('address_id', 'template_id', name=op.f('pk_subscriptions'))
    )
    op.create_table('calls_made',
    sa.Column('day', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('interface', sa.String(), nullable=False),
    sa.Column('made', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'interface', name=op.f('pk_calls_made'))
    )
    op.create_table('alarms',
    sa.Column('id', _ID, nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alarms'))
    )
    op.create_index('uq_alarms_open', 'alarms', ['kind', 'about'], unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN)


def downgrade() -> None:
    op.drop_table('alarms')
    op.drop_table('calls_made')
    op.drop_table('subscriptions')
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_column('refused')
