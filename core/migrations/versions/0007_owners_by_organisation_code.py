"""owners by organisation code

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds a computed column only where it need not be stored.
    stored = op.get_bind().dialect.name == 'postgresql'
    part = sa.Computed('substr(uscc, 9, 9)', persisted=stored)
    op.add_column('subjects', sa.Column('org_code', sa.String(), part, nullable=True))
    op.create_index('ix_subjects_org_code', 'subjects', ['org_code'])


def downgrade() -> None:
    op.drop_index('ix_subjects_org_code', 'subjects')
    op.drop_column('subjects', 'org_code')
