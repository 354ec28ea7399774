"""which tags WeChat was told of which followers

Revision ID: 0099
Revises: 0098
"""

import sqlalchemy as sa
from alembic import op


revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('wechat_tags',
    sa.Column('openid', sa.String(), nullable=False),
    sa.Column('tag', sa.String(), nullable=False),
    sa.Column('refused', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('openid', 'tag', name=op.f('pk_wechat_tags'))
    )


def downgrade() -> None:
    op.drop_table('wechat_tags')
