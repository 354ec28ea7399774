"""receipts that are kept no longer are found by their date

Revision ID: 0049
Revises: 0048
"""

from alembic import op


revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_receipts_at', 'receipts', ['at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_receipts_at', 'receipts')
