"""registration data

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('registrations',
    sa.Column('id', BIG, nullable=False),
    sa.Column('subject_id', BIG, nullable=False),
    sa.Column('batch_id', BIG, nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=False),
    sa.Column('confirmed_by', BIG, nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_registrations_subject_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registrations'))
    )
    op.create_index(op.f('ix_registrations_subject_id'), 'registrations', ['subject_id'])
    op.create_index(op.f('ix_registrations_batch_id'), 'registrations', ['batch_id'])
    op.create_index(op.f('ix_registrations_confirmed_by'), 'registrations', ['confirmed_by'])
    # Added, never copied: SQLite would lose the triggers that keep the indexes of names.
    op.add_column('subjects', sa.Column('state_since', sa.Date(), nullable=True))
    op.add_column('subjects', sa.Column('registered_as_of', sa.Date(), nullable=True))
    for name, value in (('is_dated', sa.true()), ('is_registered', sa.false())):
        op.add_column('subject_names', sa.Column(name, sa.Boolean(), nullable=False, server_default=value))
    op.add_column('subject_numbers', sa.Column('is_registered', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    raise RuntimeError("what the registrar said is not thrown away")
