"""challenges

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('challenges',
    sa.Column('sign_in_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('purpose', sa.Enum('verify', 'step_up', name='purpose', native_enum=False, length=32), nullable=False),
    sa.Column('state_hash', sa.String(), nullable=False),
    sa.Column('secrets_sealed', sa.String(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['sign_in_id'], ['sign_ins.id'], name=op.f('fk_challenges_sign_in_id')),
    sa.PrimaryKeyConstraint('sign_in_id', name=op.f('pk_challenges')),
    sa.UniqueConstraint('state_hash', name=op.f('uq_challenges_state_hash'))
    )
    with op.batch_alter_table('challenges', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_challenges_begun_at'), ['begun_at'], unique=False)


def downgrade() -> None:
    op.drop_table('challenges')
