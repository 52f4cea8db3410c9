/**
 * Writes the catalogue as the types that Kysely checks queries with.
 *
 * Must always hold: the same structure gives the same text; a column that holds an id has the brand
 * of the entity that it points to, followed through foreign keys; a column that a check restricts to
 * a list of words has the union of these words.
 */
import type { Column, Table } from './catalogue.ts';

export function writeTableTypes(tables: readonly Table[]): string {
  const interfaces = tables.map((table) => {
    const columns = table.columns.map((column) => `  ${column.name}: ${columnType(tables, table, column)};\n`);
    return `export interface ${interfaceName(table)} {\n${columns.join('')}}\n`;
  });
  const members = tables.map((table) => `  ${table.name}: ${interfaceName(table)};\n`);
  return `${HEADER}\n${interfaces.join('\n')}\nexport interface Tables {\n${members.join('')}}\n`;
}

const HEADER = `/**
 * The tables as queries see them. Written by \`npm run schema\` from db/migrations: not by hand.
 */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Id } from '../../lib/ids.ts';

/** Written as JSON text, because the driver would take an array for an SQL array; read as whatever it holds. */
export type Json = ColumnType<unknown, string, string>;
export type GeneratedJson = ColumnType<unknown, string | undefined, string>;
export type NullableJson = ColumnType<unknown, string | null | undefined, string | null>;
`;

/** Types by their name in pg_type; anything else comes from the driver as text. */
const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'Temporal.PlainDate',
  float4: 'number',
  float8: 'number',
  int2: 'number',
  int4: 'number',
  int8: 'bigint',
  time: 'Temporal.PlainTime',
  timestamptz: 'Temporal.Instant',
};

function columnType(tables: readonly Table[], table: Table, column: Column): string {
  if (isJson(column)) {
    if (column.isNullable) return 'NullableJson';
    return column.default === null ? 'Json' : 'GeneratedJson';
  }
  const single = brand(tables, table, column.name) ?? words(table, column) ?? TYPES[column.baseType] ?? 'string';
  const whole = column.isArray ? `readonly ${single.includes('|') ? `(${single})` : single}[]` : single;
  const type = column.isNullable ? `${whole} | null` : whole;
  if (column.isGenerated || column.identity === 'a') return `GeneratedAlways<${type}>`;
  const hasDefault = column.default !== null || column.identity === 'd';
  return hasDefault && !column.isNullable ? `Generated<${type}>` : type;
}

function isJson({ baseType, isArray }: Column): boolean {
  return !isArray && (baseType === 'jsonb' || baseType === 'json');
}

/** `Id<'person'>` for people.id and for every uuid that a chain of foreign keys leads there. */
function brand(tables: readonly Table[], table: Table, name: string): string | undefined {
  const column = table.columns.find((column) => column.name === name);
  if (column?.baseType !== 'uuid' || column.isArray) return undefined;
  if (name === 'id') return `Id<'${entityName(table)}'>`;
  for (const { kind, columns, target, targetColumns } of table.constraints) {
    const place = kind === 'f' ? columns.indexOf(name) : -1;
    const next = tables.find((other) => other.name === target);
    const nextName = targetColumns[place];
    const isSelf = next === table && nextName === name;
    if (next && nextName && !isSelf) return brand(tables, next, nextName);
  }
  return undefined;
}

/** The words of `check (column in ('a', 'b'))`. */
function words(table: Table, column: Column): string | undefined {
  if (column.baseType !== 'text') return undefined;
  const pattern = new RegExp(`^CHECK \\(\\(${column.name} = ANY \\(ARRAY\\[(.*)\\]\\)\\)\\)$`);
  const list = table.constraints.map(({ definition }) => pattern.exec(definition)?.[1]).find((list) => list);
  const found =
    list && [...list.matchAll(/'((?:[^']|'')*)'::text/g)].map(([, word = '']) => word.replaceAll("''", "'"));
  return found && found.map((word) => `'${word.replaceAll("'", "\\'")}'`).join(' | ');
}

/** The last word of the table's name, in the singular: ledger_entries → entry. */
function entityName({ name }: Table): string {
  const last = name.split('_').at(-1) ?? name;
  if (last === 'people') return 'person';
  if (last.endsWith('ies')) return `${last.slice(0, -3)}y`;
  if (/(ch|sh|ss|x)es$/.test(last)) return last.slice(0, -2);
  return last.replace(/s$/, '');
}

function interfaceName({ name }: Table): string {
  return `${name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Table`;
}
