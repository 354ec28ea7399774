"""names of devices are no more than their makers'; those from before may name people, and go

Revision ID: 0038
Revises: 0037
"""

from alembic import op


revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE sign_ins SET device = ''")


def downgrade() -> None:
    pass
