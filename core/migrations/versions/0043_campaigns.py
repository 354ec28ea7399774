"""campaigns: whom they are for, their messages to many, previews, and what people say of themselves

Revision ID: 0099
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op


revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('mass_receipts',
    sa.Column('msg_id', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('filtered', sa.Integer(), nullable=False),
    sa.Column('sent', sa.Integer(), nullable=False),
    sa.Column('errors', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('msg_id', name=op.f('pk_mass_receipts'))
    )
    op.create_table('interests',
    sa.Column('account_id', _ID, autoincrement=False, nullable=False),
    sa.Column('kind', sa.Enum('setting', 'place', name='interestkind', native_enum=False, length=32), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_interests_account_id')),
    sa.PrimaryKeyConstraint('account_id', 'kind', 'value', name=op.f('pk_interests'))
    )
    op.create_table('campaign_testers',
    sa.Column('id', _ID, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('openid', sa.String(), nullable=False),
    sa.Column('added_by', _ID, nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['staff_members.id'], name=op.f('fk_campaign_testers_added_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_testers')),
    sa.UniqueConstraint('openid', name=op.f('uq_campaign_testers_openid'))
    )
    op.create_table('campaigns',
    sa.Column('id', _ID, nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('article_id', _ID, nullable=False),
    sa.Column('cover', sa.String(), nullable=False),
    sa.Column('whom', sa.JSON(), nullable=False),
    sa.Column('rate', sa.Integer(), nullable=False),
    sa.Column('quiet_from', sa.Time(), nullable=True),
    sa.Column('quiet_until', sa.Time(), nullable=True),
    sa.Column('start_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.Enum('draft', 'previewed', 'approved', 'scheduled', 'running', 'paused', 'finished', 'stopped', name='campaignstate', native_enum=False, length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('edited_by', _ID, nullable=True),
    sa.Column('approved_by', _ID, nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('way', sa.Enum('all', 'tag', 'lists', name='massway', native_enum=False, length=32), nullable=True),
    sa.Column('event_id', _ID, nullable=True),
    sa.Column('reached', _ID, nullable=False),
    sa.Column('is_filled', sa.Boolean(), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('draft', sa.String(), nullable=True),
    sa.Column('draft_version', sa.String(), nullable=True),
    sa.Column('trouble', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['approved_by'], ['staff_members.id'], name=op.f('fk_campaigns_approved_by')),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_campaigns_article_id')),
    sa.ForeignKeyConstraint(['cover'], ['pictures.name'], name=op.f('fk_campaigns_cover')),
    sa.ForeignKeyConstraint(['edited_by'], ['staff_members.id'], name=op.f('fk_campaigns_edited_by')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_campaigns_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaigns'))
    )
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaigns_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_campaigns_live', ['id'], unique=False, postgresql_where=sa.text("state IN ('scheduled', 'running', 'paused')"), sqlite_where=sa.text("state IN ('scheduled', 'running', 'paused')"))

    op.create_table('campaign_previews',
    sa.Column('id', _ID, nullable=False),
    sa.Column('campaign_id', _ID, nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('tester_id', _ID, nullable=False),
    sa.Column('state', sa.Enum('waiting', 'shown', 'refused', name='previewstate', native_enum=False, length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_previews_campaign_id')),
    sa.ForeignKeyConstraint(['tester_id'], ['campaign_testers.id'], name=op.f('fk_campaign_previews_tester_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_previews')),
    sa.UniqueConstraint('campaign_id', 'revision', 'tester_id', name=op.f('uq_campaign_previews_campaign_id_revision_tester_id'))
    )
    with op.batch_alter_table('campaign_previews', schema=None) as batch_op:
        batch_op.create_index('ix_campaign_previews_waiting', ['due_at'], unique=False, postgresql_where=sa.text("state = 'waiting'"), sqlite_where=sa.text("state = 'waiting'"))

    op.create_table('mass_sends',
    sa.Column('id', _ID, nullable=False),
    sa.Column('campaign_id', _ID, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('way', sa.Enum('all', 'tag', 'lists', name='massway', native_enum=False, length=32), nullable=False),
    sa.Column('state', sa.Enum('filling', 'due', 'sending', 'accepted', 'finished', 'failed', 'unknown', 'cancelled', name='sendstate', native_enum=False, length=32), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('fence', sa.Integer(), nullable=False),
    sa.Column('unsure', sa.Boolean(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_try_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('msg_id', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('total', sa.Integer(), nullable=True),
    sa.Column('filtered', sa.Integer(), nullable=True),
    sa.Column('sent', sa.Integer(), nullable=True),
    sa.Column('errors', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_mass_sends_campaign_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mass_sends')),
    sa.UniqueConstraint('campaign_id', 'number', name=op.f('uq_mass_sends_campaign_id_number')),
    sa.UniqueConstraint('key', name=op.f('uq_mass_sends_key')),
    sa.UniqueConstraint('msg_id', name=op.f('uq_mass_sends_msg_id'))
    )
    with op.batch_alter_table('mass_sends', schema=None) as batch_op:
        batch_op.create_index('ix_mass_sends_first_try_at', ['first_try_at'], unique=False)
        batch_op.create_index('ix_mass_sends_open', ['due_at'], unique=False, postgresql_where=sa.text("state IN ('due', 'sending')"), sqlite_where=sa.text("state IN ('due', 'sending')"))


def downgrade() -> None:
    with op.batch_alter_table('mass_sends', schema=None) as batch_op:
        batch_op.drop_index('ix_mass_sends_open', postgresql_where=sa.text("state IN ('due', 'sending')"), sqlite_where=sa.text("state IN ('due', 'sending')"))
        batch_op.drop_index('ix_mass_sends_first_try_at')

    op.drop_table('mass_sends')
    with op.batch_alter_table('campaign_previews', schema=None) as batch_op:
        batch_op.drop_index('ix_campaign_previews_waiting', postgresql_where=sa.text("state = 'waiting'"), sqlite_where=sa.text("state = 'waiting'"))

    op.drop_table('campaign_previews')
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_index('ix_campaigns_live', postgresql_where=sa.text("state IN ('scheduled', 'running', 'paused')"), sqlite_where=sa.text("state IN ('scheduled', 'running', 'paused')"))
        batch_op.drop_index(batch_op.f('ix_campaigns_event_id'))

    op.drop_table('campaigns')
    op.drop_table('campaign_testers')
    op.drop_table('interests')
    op.drop_table('mass_receipts')
