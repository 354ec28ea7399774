"""what is said to the staff of deadlines, and provisional deadlines found by an index

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op


revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('staff_notices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('reminder', 'overdue', 'escalation', name='noticekind', native_enum=False, length=32), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('clock', sa.Enum('publish_decision', 'publish_information', 'market_publish', 'market_publish_elsewhere', 'withdraw_decision', 'repair_forward', 'repair_accept', 'repair_decide', 'repair_apply', 'repair_finish', 'market_repair', 'market_repair_elsewhere', 'objection_annotate', 'objection_forward', 'objection_decide', 'objection_apply', 'complaint_accept', 'complaint_decide', 'supplement', 'review_request', 'review_decide', 'court_removal', 'court_correction', 'wage_objection', 'wage_verify', 'wage_listing', 'wage_early_removal', 'wage_removal', 'abnormal_removal', 'data_request', 'remind', 'escalate', name='clock', native_enum=False, length=32), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('holder', sa.Enum('platform', 'department', 'applicant', name='holder', native_enum=False, length=32), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_staff_notices_case_id')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_staff_notices_department_id')),
    sa.ForeignKeyConstraint(['record_id'], ['records.id'], name=op.f('fk_staff_notices_record_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_notices')),
    sa.UniqueConstraint('case_id', 'clock', 'due_on', 'kind', name=op.f('uq_staff_notices_case_id_clock_due_on_kind')),
    sa.UniqueConstraint('record_id', 'clock', 'due_on', 'kind', name=op.f('uq_staff_notices_record_id_clock_due_on_kind'))
    )
    with op.batch_alter_table('staff_notices', schema=None) as batch_op:
        batch_op.create_index('ix_staff_notices_office', ['department_id', 'kind', 'id'], unique=False)

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.create_index('ix_cases_provisional', ['clock_from', 'clock_days'], unique=False, postgresql_where=sa.text('due_provisional IS true'), sqlite_where=sa.text('due_provisional IS 1'))



def downgrade() -> None:
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index('ix_cases_provisional', postgresql_where=sa.text('due_provisional IS true'), sqlite_where=sa.text('due_provisional IS 1'))

    with op.batch_alter_table('staff_notices', schema=None) as batch_op:
        batch_op.drop_index('ix_staff_notices_office')

    op.drop_table('staff_notices')
