/**
 * What PostgreSQL itself says about the tables of the schema `public`: the source of the generated
 * types, of db/schema.sql and of the tenancy test. Needs a connection as the owner. Every list is
 * sorted, so that the same structure always reads the same.
 */
import type pg from 'pg';

export type Column = {
  readonly name: string;
  /** As SQL writes it: `character varying(80)`, `uuid[]`. */
  readonly type: string;
  /** Without size or array: `varchar`, `uuid`. */
  readonly baseType: string;
  readonly isArray: boolean;
  readonly isNullable: boolean;
  readonly default: string | null;
  readonly isGenerated: boolean;
  readonly identity: '' | 'a' | 'd';
};

export type Constraint = {
  readonly name: string;
  /** c check, f foreign key, p primary key, u unique, x exclusion. */
  readonly kind: 'c' | 'f' | 'p' | 'u' | 'x';
  readonly definition: string;
  /** In the order of the key. */
  readonly columns: readonly string[];
  readonly target: string | null;
  readonly targetColumns: readonly string[];
};

export type Policy = {
  readonly name: string;
  readonly command: string;
  readonly isPermissive: boolean;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
};

export type Table = {
  readonly name: string;
  readonly owner: string;
  readonly isRowSecurityEnabled: boolean;
  readonly isRowSecurityForced: boolean;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  /** Those that no constraint made. */
  readonly indexes: readonly {
    readonly definition: string;
    readonly isUnique: boolean;
    readonly columns: readonly string[];
  }[];
  readonly policies: readonly Policy[];
  readonly triggers: readonly string[];
  readonly grants: readonly { readonly role: string; readonly privileges: readonly string[] }[];
};

/** Every ordinary and partitioned table of `public`, by name. */
export async function readTables(client: pg.ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query<{ tables: readonly Table[] | null }>(TABLES);
  return rows[0]?.tables ?? [];
}

/** Functions, views and types of `public` are not expected: their names, so that a test can say so. */
export async function readOtherObjects(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(OTHER_OBJECTS);
  return rows.map(({ name }) => name);
}

const KEY_NAMES = (relation: string, key: string) => `(
  select coalesce(json_agg(attname order by place), '[]')
  from unnest(${key}) with ordinality as keys (attnum, place)
  join pg_attribute using (attnum) where attrelid = ${relation})`;

const COLUMNS = `(
  select json_agg(json_build_object(
    'name', attname,
    'type', format_type(atttypid, atttypmod),
    'baseType', coalesce(element.typname, type.typname),
    'isArray', element.oid is not null,
    'isNullable', not attnotnull,
    'default', pg_get_expr(adbin, adrelid),
    'isGenerated', attgenerated <> '',
    'identity', attidentity) order by attnum)
  from pg_attribute
  join pg_type type on type.oid = atttypid
  left join pg_type element on element.oid = type.typelem and type.typcategory = 'A'
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where attrelid = class.oid and attnum > 0 and not attisdropped)`;

// PostgreSQL 18 also lists NOT NULL as constraints (kind n); columns say it already.
const CONSTRAINTS = `(
  select coalesce(json_agg(json_build_object(
    'name', conname,
    'kind', contype,
    'definition', pg_get_constraintdef(con.oid),
    'columns', ${KEY_NAMES('conrelid', 'conkey')},
    'target', nullif(confrelid, 0)::regclass::text,
    'targetColumns', ${KEY_NAMES('confrelid', 'confkey')}) order by position(contype::text in 'puxfc'), conname), '[]')
  from pg_constraint con
  where conrelid = class.oid and contype in ('c', 'f', 'p', 'u', 'x'))`;

const INDEXES = `(
  select coalesce(json_agg(json_build_object(
    'definition', pg_get_indexdef(indexrelid),
    'isUnique', indisunique,
    'columns', ${KEY_NAMES('indrelid', 'indkey::int2[]')}) order by indexrelid::regclass::text), '[]')
  from pg_index
  where indrelid = class.oid and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x')))`;

const POLICIES = `(
  select coalesce(json_agg(json_build_object(
    'name', policyname,
    'command', cmd,
    'isPermissive', permissive = 'PERMISSIVE',
    'roles', roles::text[],
    'using', qual,
    'check', with_check) order by policyname), '[]')
  from pg_policies where schemaname = 'public' and tablename = class.relname)`;

const TRIGGERS = `(
  select coalesce(json_agg(tgname order by tgname), '[]')
  from pg_trigger where tgrelid = class.oid and not tgisinternal)`;

const GRANTS = `(
  select coalesce(json_agg(json_build_object('role', role, 'privileges', privileges) order by role), '[]')
  from (
    select case grantee when 0 then 'public' else grantee::regrole::text end as role,
      json_agg(lower(privilege_type) order by lower(privilege_type)) as privileges
    from aclexplode(class.relacl) where grantee <> class.relowner group by grantee) granted)`;

const TABLES = `
  select json_agg(json_build_object(
    'name', relname,
    'owner', relowner::regrole::text,
    'isRowSecurityEnabled', relrowsecurity,
    'isRowSecurityForced', relforcerowsecurity,
    'columns', ${COLUMNS},
    'constraints', ${CONSTRAINTS},
    'indexes', ${INDEXES},
    'policies', ${POLICIES},
    'triggers', ${TRIGGERS},
    'grants', ${GRANTS}) order by relname) as tables
  from pg_class class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;

const OTHER_OBJECTS = `
  select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f', 'S')
  union all
  select proname from pg_proc where pronamespace = 'public'::regnamespace
    and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  order by name`;
