/**
 * The only tables without a territory of their own: everything else is tenant data under forced row
 * security. `tenancy.test.ts` compares this list with the catalogue: a table is added here on purpose
 * or carries territory_id.
 */
export const INSTANCE_TABLES = [
  'auth_accounts',
  'auth_answered',
  'auth_passkeys',
  'auth_rate_limits',
  'auth_sessions',
  'auth_users',
  'auth_verifications',
  'outgoing_mails',
  'territories',
  'territory_addresses',
] as const;

export type InstanceTable = (typeof INSTANCE_TABLES)[number];

/** Written by `migrate.ts` as the owner; the application's role cannot read it. */
export const OWNER_TABLES = ['schema_migrations'] as const;
