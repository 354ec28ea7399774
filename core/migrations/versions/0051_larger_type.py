"""larger type lasts; what changed lately is found by an index

Revision ID: 0050
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op


revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('notice_settings') as settings:
        settings.add_column(sa.Column('large_type', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('notice_settings') as settings:
        settings.alter_column('large_type', server_default=None)
    op.create_index('ix_notice_settings_changed_at', 'notice_settings', ['changed_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_notice_settings_changed_at', 'notice_settings')
    with op.batch_alter_table('notice_settings') as settings:
        settings.drop_column('large_type')
