"""what waits for a digest, and what may be repaired from a day, are found by an index

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op


revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None

_DIGEST = sa.text("reason IN ('digest')")
_STANDS = sa.text("state IN ('corrected', 'disputed', 'published')")


def upgrade() -> None:
    op.create_index('ix_deliveries_digest', 'deliveries', ['settled_at'], unique=False, postgresql_where=_DIGEST, sqlite_where=_DIGEST)
    op.create_index('ix_records_repairable', 'records', ['repairable_from'], unique=False, postgresql_where=_STANDS, sqlite_where=_STANDS)


def downgrade() -> None:
    op.drop_index('ix_records_repairable', 'records')
    op.drop_index('ix_deliveries_digest', 'deliveries')
