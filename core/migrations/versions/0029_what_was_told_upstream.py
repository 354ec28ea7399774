"""what was told upstream

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op


revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('upstream_exports',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_upstream_exports'))
    )
    op.create_table('upstream_items',
    sa.Column('certificate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('what', sa.Enum('granted', 'revoked', name='what', native_enum=False, length=32), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_upstream_items_certificate_id')),
    sa.ForeignKeyConstraint(['number'], ['upstream_exports.number'], name=op.f('fk_upstream_items_number')),
    sa.PrimaryKeyConstraint('certificate_id', 'what', name=op.f('pk_upstream_items'))
    )
    with op.batch_alter_table('upstream_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upstream_items_number'), ['number'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('upstream_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_upstream_items_number'))

    op.drop_table('upstream_items')
    op.drop_table('upstream_exports')
