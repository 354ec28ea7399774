"""uploads

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op


revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('uploads',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('kept_as', sa.String(), nullable=False),
    sa.Column('file_hash', sa.String(), nullable=False),
    sa.Column('size', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.Enum('waiting', 'running', 'asked', 'done', 'failed', name='uploadstate', native_enum=False, length=32), nullable=False),
    sa.Column('layout', sa.String(), nullable=True),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approval_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('done_size', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('of_size', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('report_bytes', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('refusal', sa.String(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approvals.id'], name=op.f('fk_uploads_approval_id')),
    sa.ForeignKeyConstraint(['batch_id'], ['intake_batches.id'], name=op.f('fk_uploads_batch_id')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_uploads_department_id')),
    sa.ForeignKeyConstraint(['member_id'], ['staff_members.id'], name=op.f('fk_uploads_member_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_uploads')),
    sa.UniqueConstraint('kept_as', name=op.f('uq_uploads_kept_as'))
    )
    with op.batch_alter_table('uploads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_uploads_batch_id'), ['batch_id'], unique=False)

    op.create_table('intake_works',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('take_in', 'publish', 'withdraw', name='workkind', native_enum=False, length=32), nullable=False),
    sa.Column('upload_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approved_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('state', sa.Enum('waiting', 'running', 'done', 'failed', name='workstate', native_enum=False, length=32), nullable=False),
    sa.Column('done', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('fence', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['approved_by'], ['staff_members.id'], name=op.f('fk_intake_works_approved_by')),
    sa.ForeignKeyConstraint(['asked_by'], ['staff_members.id'], name=op.f('fk_intake_works_asked_by')),
    sa.ForeignKeyConstraint(['batch_id'], ['intake_batches.id'], name=op.f('fk_intake_works_batch_id')),
    sa.ForeignKeyConstraint(['upload_id'], ['uploads.id'], name=op.f('fk_intake_works_upload_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intake_works'))
    )
    with op.batch_alter_table('intake_works', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_intake_works_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index('ix_intake_works_open', ['due_at'], unique=False, postgresql_where=sa.text("state IN ('waiting', 'running')"), sqlite_where=sa.text("state IN ('waiting', 'running')"))
        batch_op.create_index(batch_op.f('ix_intake_works_upload_id'), ['upload_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('intake_works', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_intake_works_upload_id'))
        batch_op.drop_index('ix_intake_works_open', postgresql_where=sa.text("state IN ('waiting', 'running')"), sqlite_where=sa.text("state IN ('waiting', 'running')"))
        batch_op.drop_index(batch_op.f('ix_intake_works_batch_id'))

    op.drop_table('intake_works')
    with op.batch_alter_table('uploads', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_uploads_batch_id'))

    op.drop_table('uploads')
