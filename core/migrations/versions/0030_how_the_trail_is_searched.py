"""how the trail is searched

Revision ID: 0030
Revises: 0029
"""

from alembic import op


revision = '0030'
down_revision = '0029'
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
