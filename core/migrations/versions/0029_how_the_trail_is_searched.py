"""how the trail is searched

Revision ID: 0029
Revises: 0028
"""

from alembic import op


revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_trail_actor', 'trail', ['actor', 'at'], unique=False)
    op.create_index('ix_trail_at', 'trail', ['at', 'id'], unique=False)
    op.create_index('ix_trail_object', 'trail', ['object', 'at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_trail_object', 'trail')
    op.drop_index('ix_trail_at', 'trail')
    op.drop_index('ix_trail_actor', 'trail')
