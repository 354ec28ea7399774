"""which rules were applied to all records

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('rule_renewals',
    sa.Column('id', BIG, nullable=False),
    sa.Column('rules', sa.String(), nullable=False),
    sa.Column('turned_on', sa.Date(), nullable=False),
    sa.Column('after', BIG, nullable=False),
    sa.Column('seen', BIG, nullable=False),
    sa.Column('changed', BIG, nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_renewals')),
    sa.UniqueConstraint('rules', 'turned_on', name=op.f('uq_rule_renewals_rules_turned_on'))
    )


def downgrade() -> None:
    op.drop_table('rule_renewals')
