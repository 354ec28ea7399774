"""proposals and who handles a case

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op


revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('case_proposals',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('outcome', sa.Enum('submitted', 'annotated', 'forwarded', 'accepted', 'supplement_wanted', 'not_accepted', 'upheld', 'refused', 'applied', 'withdrawn', 'revoked', name='casestate', native_enum=False, length=32), nullable=False),
    sa.Column('reasons', sa.String(), nullable=False),
    sa.Column('remedy', sa.Enum('withdraw', 'correct', 'hold', name='remedy', native_enum=False, length=32), nullable=True),
    sa.Column('text_sealed', sa.String(), nullable=False),
    sa.Column('changes_sealed', sa.String(), nullable=True),
    sa.Column('state', sa.Enum('proposed', 'confirmed', 'sent_back', 'lapsed', name='proposalstate', native_enum=False, length=32), nullable=False),
    sa.Column('proposed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_sealed', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by'], ['staff_members.id'], name=op.f('fk_case_proposals_answered_by')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_proposals_case_id')),
    sa.ForeignKeyConstraint(['proposed_by'], ['staff_members.id'], name=op.f('fk_case_proposals_proposed_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_proposals'))
    )
    with op.batch_alter_table('case_proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_proposals_case_id'), ['case_id'], unique=False)
        batch_op.create_index('uq_case_proposals_waiting', ['case_id'], unique=True, postgresql_where=sa.text("state = 'proposed'"), sqlite_where=sa.text("state = 'proposed'"))

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('handler_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('extended_days', sa.Integer(), nullable=True))
        batch_op.create_index('ix_cases_department', ['holder_id', 'due_on', 'id'], unique=False, postgresql_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"), sqlite_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"))
        batch_op.create_index('ix_cases_handler', ['handler_id', 'due_on', 'id'], unique=False, postgresql_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"), sqlite_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"))
        batch_op.create_index('ix_cases_holder', ['holder', 'due_on', 'id'], unique=False, postgresql_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"), sqlite_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"))
        batch_op.create_foreign_key(batch_op.f('fk_cases_handler_id'), 'staff_members', ['handler_id'], ['id'])
    _give_old_cases_a_place_in_the_queue()



def _give_old_cases_a_place_in_the_queue() -> None:
    # Open cases from before there were clocks: somebody's turn, and late already.
    sqlite = op.get_bind().dialect.name == "sqlite"
    filed = "date(opened_at, '+8 hours')" if sqlite else "(opened_at at time zone 'Asia/Shanghai')::date"
    states = "'submitted', 'annotated', 'forwarded', 'accepted'"
    theirs = "state = 'forwarded' or (kind = 'repair' and state = 'accepted')"
    op.execute(
        f"update cases set holder = case when {theirs} then 'department' else 'platform' end,"
        f" due_on = coalesce(due_on, {filed}) where holder is null and state in ({states})"
    )


def downgrade() -> None:
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_cases_handler_id'), type_='foreignkey')
        batch_op.drop_index('ix_cases_holder', postgresql_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"), sqlite_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"))
        batch_op.drop_index('ix_cases_handler', postgresql_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"), sqlite_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"))
        batch_op.drop_index('ix_cases_department', postgresql_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"), sqlite_where=sa.text("state IN ('accepted', 'annotated', 'forwarded', 'submitted', 'supplement_wanted')"))
        batch_op.drop_column('extended_days')
        batch_op.drop_column('handler_id')

    with op.batch_alter_table('case_proposals', schema=None) as batch_op:
        batch_op.drop_index('uq_case_proposals_waiting', postgresql_where=sa.text("state = 'proposed'"), sqlite_where=sa.text("state = 'proposed'"))
        batch_op.drop_index(batch_op.f('ix_case_proposals_case_id'))

    op.drop_table('case_proposals')
