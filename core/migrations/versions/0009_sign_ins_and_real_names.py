"""sign-ins and real names

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sign_ins',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('installation', sa.String(), nullable=False),
    sa.Column('platform', sa.Enum('ios', 'android', 'harmony', 'other', name='platform', native_enum=False, length=32), nullable=False),
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fresh_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ending', sa.Enum('signed_out', 'revoked', 'everywhere', 'replaced', 'crowded', 'reused', 'deleted', name='ending', native_enum=False, length=32), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_sign_ins_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_account_id'), ['account_id'], unique=False)
        batch_op.create_index('uq_sign_ins_open', ['account_id', 'installation'], unique=True, postgresql_where=sa.text('ended_at IS NULL'), sqlite_where=sa.text('ended_at IS NULL'))

    op.create_table('verifications',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('issuer', sa.String(), nullable=False),
    sa.Column('subject_hash', sa.String(), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('organisation', sa.String(), nullable=True),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_verifications_account_id')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_verifications_subject_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verifications')),
    sa.UniqueConstraint('account_id', name=op.f('uq_verifications_account_id')),
    sa.UniqueConstraint('issuer', 'subject_hash', name=op.f('uq_verifications_issuer_subject_hash'))
    )
    with op.batch_alter_table('verifications', schema=None) as batch_op:
        batch_op.create_index('uq_verifications_person', ['subject_id'], unique=True, postgresql_where=sa.text('subject_id IS NOT NULL'), sqlite_where=sa.text('subject_id IS NOT NULL'))

    op.create_table('token_pairs',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sign_in_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('access_hash', sa.String(), nullable=False),
    sa.Column('access_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('refresh_hash', sa.String(), nullable=False),
    sa.Column('refresh_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['sign_in_id'], ['sign_ins.id'], name=op.f('fk_token_pairs_sign_in_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_token_pairs')),
    sa.UniqueConstraint('access_hash', name=op.f('uq_token_pairs_access_hash')),
    sa.UniqueConstraint('refresh_hash', name=op.f('uq_token_pairs_refresh_hash'))
    )
    with op.batch_alter_table('token_pairs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_token_pairs_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_token_pairs_refresh_until'), ['refresh_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_token_pairs_sign_in_id'), ['sign_in_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('token_pairs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_token_pairs_sign_in_id'))
        batch_op.drop_index(batch_op.f('ix_token_pairs_refresh_until'))
        batch_op.drop_index(batch_op.f('ix_token_pairs_parent_id'))

    op.drop_table('token_pairs')
    with op.batch_alter_table('verifications', schema=None) as batch_op:
        batch_op.drop_index('uq_verifications_person', postgresql_where=sa.text('subject_id IS NOT NULL'), sqlite_where=sa.text('subject_id IS NOT NULL'))

    op.drop_table('verifications')
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_index('uq_sign_ins_open', postgresql_where=sa.text('ended_at IS NULL'), sqlite_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_sign_ins_account_id'))

    op.drop_table('sign_ins')
