"""the queue has an order

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op


revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deliveries_open'), sqlite_where=sa.text("state IN ('due', 'leased', 'sending')"))
        batch_op.create_index('ix_deliveries_open', ['urgent', 'unsure', 'due_at', 'event_id', 'account_id'], unique=False, postgresql_where=sa.text("state IN ('due', 'leased', 'sending')"), sqlite_where=sa.text("state IN ('due', 'leased', 'sending')"))
        batch_op.drop_index('ix_deliveries_msgid')
        batch_op.create_index('ix_deliveries_msgid', ['msgid'], unique=False, postgresql_where=sa.text('msgid IS NOT NULL'), sqlite_where=sa.text('msgid IS NOT NULL'))


def downgrade() -> None:
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_index('ix_deliveries_open', postgresql_where=sa.text("state IN ('due', 'leased', 'sending')"), sqlite_where=sa.text("state IN ('due', 'leased', 'sending')"))
        batch_op.create_index(batch_op.f('ix_deliveries_open'), ['urgent', 'unsure', 'due_at'], unique=False, sqlite_where=sa.text("state IN ('due', 'leased', 'sending')"))
        batch_op.drop_index('ix_deliveries_msgid', postgresql_where=sa.text('msgid IS NOT NULL'), sqlite_where=sa.text('msgid IS NOT NULL'))
        batch_op.create_index('ix_deliveries_msgid', ['msgid'], unique=False)
