"""what was sent to many can be removed at WeChat again

Revision ID: 0099
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op


revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_REMOVAL = sa.Enum('asked', 'done', 'refused', name='removal', native_enum=False, length=32)
_ASKED = sa.text("removal = 'asked'")


def upgrade() -> None:
    with op.batch_alter_table('mass_sends', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removal', _REMOVAL, nullable=True))
        batch_op.add_column(sa.Column('removal_reason', sa.String(), nullable=True))
        batch_op.create_index('ix_mass_sends_removal', ['due_at'], unique=False, postgresql_where=_ASKED, sqlite_where=_ASKED)


def downgrade() -> None:
    with op.batch_alter_table('mass_sends', schema=None) as batch_op:
        batch_op.drop_index('ix_mass_sends_removal', postgresql_where=_ASKED, sqlite_where=_ASKED)
        batch_op.drop_column('removal_reason')
        batch_op.drop_column('removal')
