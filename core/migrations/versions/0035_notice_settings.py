"""how somebody wants to be told: quiet hours, a daily limit, what brings what

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op


revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

_ACCOUNT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('notice_settings',
    sa.Column('account_id', _ACCOUNT, autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.Column('quiet_from', sa.Time(), nullable=True),
    sa.Column('quiet_until', sa.Time(), nullable=True),
    sa.Column('daily_most', sa.Integer(), nullable=True),
    sa.Column('digest', sa.Boolean(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_notice_settings_account_id')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_notice_settings'))
    )
    op.create_table('notice_choices',
    sa.Column('account_id', _ACCOUNT, autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('outlet', sa.String(length=32), nullable=False),
    sa.Column('wanted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_notice_choices_account_id')),
    sa.PrimaryKeyConstraint('account_id', 'kind', 'outlet', name=op.f('pk_notice_choices'))
    )


def downgrade() -> None:
    op.drop_table('notice_choices')
    op.drop_table('notice_settings')
