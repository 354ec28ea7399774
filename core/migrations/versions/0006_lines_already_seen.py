"""lines already seen

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('intake_lines',
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('line', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_intake_lines'))
    )
    with op.batch_alter_table('intake_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_intake_lines_line'), ['line'], unique=False)


def downgrade() -> None:
    op.drop_table('intake_lines')
