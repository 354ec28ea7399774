"""search: former names, and an index that tells lengths apart

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
KEY = sa.String(collation='C').with_variant(sa.String(), 'sqlite')

# In plpgsql, for the planner reads the body of an SQL function anew for each statement.
BIGRAMS = """
create function bigrams(name text, variadic marks text[]) returns tsvector
language plpgsql immutable strict parallel safe as $$
declare
    size constant text := lpad(least(length(name), 40)::text, 2, '0');
    grams text[] := '{}';
    mark text;
begin
    if name = '' then
        return array_to_tsvector(grams);
    end if;
    for place in 1 .. length(name) - 1 loop
        grams := grams || (substr(name, place, 2) || size);
    end loop;
    foreach mark in array marks loop
        grams := grams || ('@' || mark || size);
    end loop;
    return array_to_tsvector(grams);
end $$
"""


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == 'postgresql'
    length = sa.Computed('length(name_key)', persisted=on_postgresql)
    op.create_table('gram_counts',
    sa.Column('gram', sa.String(), nullable=False),
    sa.Column('names', sa.Integer(), nullable=False),
    sa.Column('by_length', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('gram', name=op.f('pk_gram_counts'))
    )
    op.create_table('subject_names',
    sa.Column('id', BIG, nullable=False),
    sa.Column('subject_id', BIG, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_key', KEY, nullable=False),
    sa.Column('name_length', sa.Integer(), length, nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_subject_names_subject_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subject_names'))
    )
    op.create_index(op.f('ix_subject_names_subject_id'), 'subject_names', ['subject_id'])
    op.create_index(op.f('ix_subject_names_name_key'), 'subject_names', ['name_key'])
    op.create_index('ix_subject_names_walk', 'subject_names', ['name_length', 'subject_id', 'id'])

    op.drop_index('ix_subjects_name_key', 'subjects')
    if on_postgresql:
        op.execute("drop index ix_subjects_grams")
        op.execute("drop function bigrams(text)")
        op.execute('alter table subjects alter column name_key type varchar collate "C"')
    op.add_column('subjects', sa.Column('name_length', sa.Integer(), sa.Computed('length(name_key)', persisted=on_postgresql), nullable=False))
    named = dict.fromkeys(('postgresql_where', 'sqlite_where'), sa.text("name_key <> ''"))
    op.create_index('ix_subjects_name_key', 'subjects', ['name_key'], **named)
    op.create_index('ix_subjects_walk', 'subjects', ['name_length', 'id'], **named)
    index_on_postgresql() if on_postgresql else index_on_sqlite()


def index_on_postgresql() -> None:
    """Index the pairs of characters, each with the length of its name; then tell the planner."""
    op.execute(BIGRAMS)
    op.execute(
        "create index ix_subjects_grams on subjects using gin "
        "(bigrams(name_key, district, kind)) with (fastupdate = off) where name_key <> ''"
    )
    op.execute(
        "create index ix_subject_names_grams on subject_names using gin "
        "(bigrams(name_key, variadic '{}'::text[])) with (fastupdate = off)"
    )
    op.execute("analyze subjects, subject_names")


def index_on_sqlite() -> None:
    """Make the index of pairs anew, and the triggers that keep it."""
    for trigger in ('added', 'renamed', 'removed'):
        op.execute(f"drop trigger if exists subjects_{trigger}")
    op.execute("drop table subjects_fts")
    marked = ("name_key", "district", "kind")
    for table, columns in (("subjects", marked), ("subject_names", ("name_key",))):
        op.execute(f"create virtual table {table}_fts using fts5(grams, content='', detail=none)")
        old, new, plain = (
            "gram_tokens(" + ", ".join(f"{row}{column}" for column in columns) + ")"
            for row in ("old.", "new.", "")
        )
        op.execute(f"insert into {table}_fts (rowid, grams) select id, {plain} from {table} where name_key <> ''")
        added = f"insert into {table}_fts (rowid, grams) select new.id, {new} where new.name_key <> '';"
        removed = (
            f"insert into {table}_fts ({table}_fts, rowid, grams) "
            f"select 'delete', old.id, {old} where old.name_key <> '';"
        )
        for trigger, when, steps in (
            ("added", f"insert on {table}", added),
            ("renamed", f"update of {', '.join(columns)} on {table} when {old} is not {new}", removed + added),
            ("removed", f"delete on {table}", removed),
        ):
            op.execute(f"create trigger {table}_{trigger} after {when} begin {steps} end")


def downgrade() -> None:
    raise RuntimeError("former names are not thrown away")
