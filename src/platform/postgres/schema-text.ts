/**
 * Writes the catalogue as SQL that people read and review: db/schema.sql. The same structure gives
 * the same text, to the byte.
 */
import type { Column, Policy, Table } from './catalogue.ts';

export function writeSchema(tables: readonly Table[]): string {
  return [HEADER, ...tables.map(writeTable)].join('\n');
}

const HEADER = `-- The structure that all migrations together give. Written by \`npm run schema\`: not by hand.
`;

function writeTable(table: Table): string {
  const { name, columns, constraints, indexes, policies, grants } = table;
  const width = Math.max(...columns.map((column) => column.name.length));
  const members = [
    ...columns.map((column) => writeColumn(column, width)),
    ...constraints.map((constraint) => `constraint ${constraint.name} ${constraint.definition}`),
  ];
  const lines = [
    `create table ${name} (\n${members.map((member) => `  ${member}`).join(',\n')}\n);`,
    ...indexes.map(({ definition }) => `${definition.replace(' ON public.', ' ON ')};`),
    ...(table.isRowSecurityEnabled ? [`alter table ${name} enable row level security;`] : []),
    ...(table.isRowSecurityForced ? [`alter table ${name} force row level security;`] : []),
    ...policies.map((policy) => writePolicy(name, policy)),
    ...table.triggers.map((trigger) => `-- trigger ${trigger}`),
    ...grants.map(({ role, privileges }) => `grant ${privileges.join(', ')} on ${name} to ${role};`),
  ];
  return `${lines.join('\n')}\n`;
}

function writeColumn(column: Column, width: number): string {
  const parts = [column.name.padEnd(width), column.type];
  if (!column.isNullable) parts.push('not null');
  if (column.identity) parts.push(`generated ${column.identity === 'a' ? 'always' : 'by default'} as identity`);
  if (column.isGenerated) parts.push(`generated always as (${column.default}) stored`);
  else if (column.default !== null) parts.push(`default ${column.default}`);
  return parts.join(' ');
}

function writePolicy(table: string, policy: Policy): string {
  const kind = policy.isPermissive ? '' : ' as restrictive';
  const command = policy.command === 'ALL' ? '' : ` for ${policy.command.toLowerCase()}`;
  const using = policy.using ? ` using ${policy.using}` : '';
  const check = policy.check ? ` with check ${policy.check}` : '';
  return `create policy ${policy.name} on ${table}${kind}${command} to ${policy.roles.join(', ')}${using}${check};`;
}
