"""articles have kinds, versions, pictures and a count of their readers

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op


revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Enum('policy', 'news', 'campaign', 'term', name='articlekind', native_enum=False, length=32), nullable=False, server_default='campaign'))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column('published_at', existing_type=sa.DateTime(timezone=True), nullable=True)
        batch_op.create_index('ix_articles_shown', ['published_at', 'id'], unique=False)
    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.alter_column('kind', server_default=None)
        batch_op.alter_column('version', server_default=None)
    op.create_table('article_versions',
    sa.Column('article_id', _ID, autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('written_by', _ID, nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', _ID, nullable=True),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_article_versions_article_id')),
    sa.ForeignKeyConstraint(['written_by'], ['staff_members.id'], name=op.f('fk_article_versions_written_by')),
    sa.ForeignKeyConstraint(['published_by'], ['staff_members.id'], name=op.f('fk_article_versions_published_by')),
    sa.PrimaryKeyConstraint('article_id', 'number', name=op.f('pk_article_versions'))
    )
    op.execute("INSERT INTO article_versions (article_id, number, title, body, written_at) SELECT id, 1, title, body, published_at FROM articles")
    op.create_table('pictures',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('added_by', _ID, nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['staff_members.id'], name=op.f('fk_pictures_added_by')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_pictures'))
    )
    op.create_table('article_reads',
    sa.Column('article_id', _ID, autoincrement=False, nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('reads', _ID, nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_article_reads_article_id')),
    sa.PrimaryKeyConstraint('article_id', 'on', name=op.f('pk_article_reads'))
    )


def downgrade() -> None:
    op.drop_table('article_reads')
    op.drop_table('pictures')
    op.drop_table('article_versions')
    op.execute("DELETE FROM articles WHERE published_at IS NULL")
    with op.batch_alter_table('articles', schema=None) as batch_op:
        batch_op.drop_index('ix_articles_shown')
        batch_op.alter_column('published_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.drop_column('withdrawn_at')
        batch_op.drop_column('version')
        batch_op.drop_column('kind')
