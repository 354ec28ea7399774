"""shares, and the operations by which reports are followed

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.add_column('reports', sa.Column('operation_id', BIG, nullable=True))
    op.add_column('reports', sa.Column('secret', sa.String(), nullable=True))
    op.create_table('shares',
    sa.Column('id', BIG, nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.Column('account_id', BIG, nullable=False),
    sa.Column('subject_id', BIG, nullable=False),
    sa.Column('of_person', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('most_uses', sa.Integer(), nullable=False),
    sa.Column('uses', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_shares_account_id')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_shares_subject_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shares')),
    sa.UniqueConstraint('public_id', name=op.f('uq_shares_public_id')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_shares_code_hash'))
    )
    op.create_index(op.f('ix_shares_account_id'), 'shares', ['account_id'])
    op.create_table('share_answers',
    sa.Column('id', BIG, nullable=False),
    sa.Column('share_id', BIG, nullable=False),
    sa.Column('asker', sa.Enum('anybody', 'account', 'institution', name='askerkind', native_enum=False, length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['share_id'], ['shares.id'], name=op.f('fk_share_answers_share_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_answers'))
    )
    op.create_index(op.f('ix_share_answers_share_id'), 'share_answers', ['share_id'])


def downgrade() -> None:
    op.drop_table('share_answers')
    op.drop_table('shares')
    op.drop_column('reports', 'secret')
    op.drop_column('reports', 'operation_id')
