"""when WeChat was linked with an account

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op


revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('addresses', sa.Column('linked_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('addresses', 'linked_at')
