"""the reasons that somebody typed for what needs two are sealed

Revision ID: 0038
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op


revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('approvals') as batch_op:
        batch_op.add_column(sa.Column('why_sealed', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('answer_sealed', sa.String(), nullable=True))
        batch_op.alter_column('why', existing_type=sa.String(), nullable=True)
    with op.batch_alter_table('intake_works') as batch_op:
        batch_op.add_column(sa.Column('why_sealed', sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('intake_works') as batch_op:
        batch_op.drop_column('why_sealed')
    # What is sealed cannot be read here: the reason is lost, not the request.
    op.execute("UPDATE approvals SET why = '' WHERE why IS NULL")
    with op.batch_alter_table('approvals') as batch_op:
        batch_op.alter_column('why', existing_type=sa.String(), nullable=False)
        batch_op.drop_column('answer_sealed')
        batch_op.drop_column('why_sealed')
