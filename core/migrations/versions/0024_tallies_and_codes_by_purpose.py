"""tallies and codes by purpose

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op


revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tallies',
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('counted', sa.Enum('evidence_bytes', 'filings', 'supplements', name='counted', native_enum=False, length=32), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('account_id', 'counted', 'on', name=op.f('pk_tallies'))
    )
    with op.batch_alter_table('sms_codes', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_sms_codes_number_hash_minute'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_sms_codes_number_hash_purpose_minute'), ['number_hash', 'purpose', 'minute'])



def downgrade() -> None:
    with op.batch_alter_table('sms_codes', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_sms_codes_number_hash_purpose_minute'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_sms_codes_number_hash_minute'), ['number_hash', 'minute'])

    op.drop_table('tallies')
