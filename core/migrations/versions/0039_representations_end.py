"""representations end, and a case says for which organisation it was filed

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op


revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None

# The months that the rules gave on the day on which this was written.
_ENDS = {
    'postgresql': "(verified_at AT TIME ZONE 'Asia/Shanghai' + interval '12 months')::date",
    'sqlite': "date(verified_at, '+8 hours', '+12 months')",
}
_FILED = """
    UPDATE cases SET organisation = (SELECT uscc FROM subjects WHERE subjects.id = cases.subject_id)
    WHERE subject_id IS NOT NULL AND kind IN ('objection', 'repair')
"""
_COMPLAINED = """
    UPDATE cases SET organisation = (
        SELECT verifications.organisation FROM verifications, records, subjects
        WHERE verifications.account_id = cases.account_id AND records.id = cases.record_id
        AND subjects.id = records.subject_id AND subjects.uscc = verifications.organisation
    ) WHERE record_id IS NOT NULL AND kind = 'complaint'
"""


def upgrade() -> None:
    op.add_column('verifications', sa.Column('organisation_until', sa.Date(), nullable=True))
    op.create_index('ix_verifications_organisation', 'verifications', ['organisation'], unique=False)
    op.add_column('cases', sa.Column('organisation', sa.String(), nullable=True))
    op.create_index('ix_cases_organisation', 'cases', ['organisation'], unique=False)
    ends = _ENDS[op.get_bind().dialect.name]
    op.execute(f"UPDATE verifications SET organisation_until = {ends} WHERE organisation IS NOT NULL")
    op.execute(_FILED)
    op.execute(_COMPLAINED)


def downgrade() -> None:
    op.drop_index('ix_cases_organisation', 'cases')
    op.drop_column('cases', 'organisation')
    op.drop_index('ix_verifications_organisation', 'verifications')
    op.drop_column('verifications', 'organisation_until')
