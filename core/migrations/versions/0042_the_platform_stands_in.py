"""the platform may stand in for a department in a case

Revision ID: 0043
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op


revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('cases') as batch_op:
        batch_op.add_column(sa.Column('stands_in_for', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(op.f('fk_cases_stands_in_for'), 'departments', ['stands_in_for'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('cases') as batch_op:
        batch_op.drop_constraint(op.f('fk_cases_stands_in_for'), type_='foreignkey')
        batch_op.drop_column('stands_in_for')
