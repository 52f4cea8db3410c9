/**
 * The tables as queries see them. Written by `npm run schema` from db/migrations: not by hand.
 */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Id } from '../../lib/ids.ts';

/** Written as JSON text, because the driver would take an array for an SQL array; read as whatever it holds. */
export type Json = ColumnType<unknown, string, string>;
export type GeneratedJson = ColumnType<unknown, string | undefined, string>;
export type NullableJson = ColumnType<unknown, string | null | undefined, string | null>;

export interface AccessTokensTable {
  territory_id: Id<'territory'>;
  id: Id<'token'>;
  person_id: Id<'person'>;
  name: string;
  digest: Buffer;
  scopes: readonly string[];
  created_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  last_used_at: Temporal.Instant | null;
  revoked_at: Temporal.Instant | null;
}

export interface AffiliationsTable {
  territory_id: Id<'territory'>;
  id: Id<'affiliation'>;
  person_id: Id<'person'>;
  organisation_id: Id<'organisation'>;
  title: Generated<string>;
  since: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
  is_public_contact: Generated<boolean>;
}

export interface AgreementsTable {
  territory_id: Id<'territory'>;
  id: Id<'agreement'>;
  series_id: Id<'agreement'>;
  number: number;
  supersedes_id: Id<'agreement'> | null;
  organisation_id: Id<'organisation'>;
  kind: 'partner' | 'public-funder';
  state: Generated<'draft' | 'signed' | 'superseded' | 'ended'>;
  title: string;
  reference: Generated<string>;
  parties: Generated<string>;
  starts_on: Temporal.PlainDate;
  ends_on: Temporal.PlainDate;
  renewal_on: Temporal.PlainDate | null;
  signed_on: Temporal.PlainDate | null;
  ended_on: Temporal.PlainDate | null;
  programme_code: string | null;
  amounts_public: Generated<boolean>;
  counterparts: Generated<string>;
  counterparts_cents: Generated<bigint>;
  file_id: Id<'file'> | null;
  version: Generated<number>;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
  updated_at: Temporal.Instant;
}

export interface AidContestsTable {
  territory_id: Id<'territory'>;
  id: Id<'contest'>;
  grant_id: Id<'grant'>;
  reason: string;
  opened_by: Id<'person'> | null;
  opened_at: Temporal.Instant;
  is_upheld: boolean | null;
  answer: string | null;
  answered_by: Id<'person'> | null;
  answered_at: Temporal.Instant | null;
}

export interface AidDeclarationLinesTable {
  territory_id: Id<'territory'>;
  declaration_id: Id<'declaration'>;
  grant_id: Id<'grant'>;
}

export interface AidDeclarationsTable {
  territory_id: Id<'territory'>;
  id: Id<'declaration'>;
  firm_id: Id<'firm'>;
  declared_on: Temporal.PlainDate;
  declared_by: Id<'person'> | null;
  recorded_at: Temporal.Instant;
}

export interface AidFilingsTable {
  territory_id: Id<'territory'>;
  grant_id: Id<'grant'>;
  filed_on: Temporal.PlainDate;
  reference: string;
  filed_by: Id<'person'> | null;
  recorded_at: Temporal.Instant;
}

export interface AidFirmsTable {
  territory_id: Id<'territory'>;
  id: Id<'firm'>;
  organisation_id: Id<'organisation'> | null;
  name: string;
  siren: string | null;
  kind: Generated<'firm' | 'public-body' | 'person'>;
  member_state: Generated<string>;
  created_at: Temporal.Instant;
}

export interface AidGrantsTable {
  territory_id: Id<'territory'>;
  id: Id<'grant'>;
  firm_id: Id<'firm'>;
  origin: 'decided' | 'declared';
  granted_on: Temporal.PlainDate;
  authority: string;
  instrument: 'grant' | 'loan' | 'guarantee' | 'in-kind' | 'tax' | 'other';
  basis: 'de-minimis-2023' | 'de-minimis-2013' | 'sgei-2023' | 'agriculture-2013' | 'fishery-2014' | 'gber-22' | 'gber-26a' | 'gber-27' | 'gber-28';
  cents: bigint;
  nace: string | null;
  purpose: 'advice' | 'hosting' | 'innovation' | 'growth' | 'trade-fair' | 'export-quantities' | 'network-abroad' | 'export-running-cost' | 'domestic-goods' | null;
  title: string;
  public_share_per_million: Generated<number>;
  state: Generated<'decided' | 'contested' | 'withdrawn'>;
  prior_declaration_id: Id<'declaration'> | null;
  window_from: Temporal.PlainDate | null;
  ceiling_cents: bigint | null;
  legal_version: string;
  recorded_by: Id<'person'> | null;
  recorded_at: Temporal.Instant;
  withdrawn_by: Id<'person'> | null;
  withdrawn_at: Temporal.Instant | null;
  withdrawn_reason: string | null;
}

export interface AidNoticesTable {
  territory_id: Id<'territory'>;
  grant_id: Id<'grant'>;
  issued_on: Temporal.PlainDate;
  issued_by: Id<'person'> | null;
  recorded_at: Temporal.Instant;
}

export interface AidWindowEntriesTable {
  territory_id: Id<'territory'>;
  grant_id: Id<'grant'>;
  counted_id: Id<'grant'>;
  cents: bigint;
}

export interface ApiWritesTable {
  territory_id: Id<'territory'>;
  person_id: Id<'person'>;
  key: string;
  fingerprint: Buffer;
  status: Generated<number>;
  location: Generated<string>;
  body: Generated<string>;
  created_at: Temporal.Instant;
}

export interface AuthAccountsTable {
  id: string;
  user_id: string;
  account_id: string;
  provider_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Temporal.Instant | null;
  refresh_token_expires_at: Temporal.Instant | null;
  scope: string | null;
  password: string | null;
  created_at: Generated<Temporal.Instant>;
  updated_at: Generated<Temporal.Instant>;
}

export interface AuthAnsweredTable {
  digest: Buffer;
  expires_at: Temporal.Instant;
}

export interface AuthPasskeysTable {
  id: string;
  user_id: string;
  name: string;
  public_key: Buffer;
  counter: bigint;
  transports: readonly string[];
  created_at: Temporal.Instant;
  last_used_at: Temporal.Instant | null;
}

export interface AuthRateLimitsTable {
  id: string;
  key: string;
  count: number;
  last_request: bigint;
}

export interface AuthSessionsTable {
  id: string;
  user_id: string;
  token: string;
  expires_at: Temporal.Instant;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Generated<Temporal.Instant>;
  updated_at: Generated<Temporal.Instant>;
}

export interface AuthUsersTable {
  id: string;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  created_at: Generated<Temporal.Instant>;
  updated_at: Generated<Temporal.Instant>;
}

export interface AuthVerificationsTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: Temporal.Instant;
  created_at: Generated<Temporal.Instant>;
  updated_at: Generated<Temporal.Instant>;
}

export interface BankBookingsTable {
  territory_id: Id<'territory'>;
  movement_id: Id<'movement'>;
  payment_id: Id<'payment'>;
}

export interface BankIbansTable {
  territory_id: Id<'territory'>;
  id: Id<'iban'>;
  iban: string;
  label: string;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
}

export interface BankMovementsTable {
  territory_id: Id<'territory'>;
  id: Id<'movement'>;
  statement_id: Id<'statement'>;
  iban_id: Id<'iban'>;
  digest: string;
  row_number: number;
  booked_on: Temporal.PlainDate;
  value_on: Temporal.PlainDate | null;
  amount_cents: bigint;
  counterparty: Generated<string>;
  counterparty_iban: Generated<string>;
  end_to_end_id: Generated<string>;
  remittance: Generated<string>;
  bank_reference: Generated<string>;
  is_reversal: Generated<boolean>;
  set_aside_reason: string | null;
  turns: Generated<number>;
}

export interface BankStatementsTable {
  territory_id: Id<'territory'>;
  id: Id<'statement'>;
  format: 'camt.053' | 'csv';
  file_name: string;
  sha256: string;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
}

export interface CommitmentsTable {
  territory_id: Id<'territory'>;
  agreement_id: Id<'agreement'>;
  year: number;
  family: 'expertise' | 'market-access' | 'legal' | 'commercial' | 'desks' | 'test-grounds' | 'staff';
  unit: 'minute' | 'introduction' | 'desk-day' | 'test-ground-day';
  amount: bigint;
}

export interface ConflictAnswersTable {
  territory_id: Id<'territory'>;
  id: Id<'answer'>;
  organisation_id: Id<'organisation'>;
  other_id: Id<'organisation'>;
  ground: 'shareholding' | 'rival' | 'same-field';
  through_id: Id<'organisation'> | null;
  keeps_apart: boolean;
  answered_by: Id<'person'> | null;
  answered_at: Temporal.Instant;
}

export interface DirectoryFieldsTable {
  territory_id: Id<'territory'>;
  code: string;
  label_fr: string;
  label_en: string;
  value_type: 'text' | 'number' | 'date' | 'yes-no' | 'list' | 'link';
  is_public: Generated<boolean>;
  position: number;
}

export interface DocumentCountersTable {
  territory_id: Id<'territory'>;
  kind: string;
  year: number;
  last: number;
}

export interface DocumentWithdrawalsTable {
  territory_id: Id<'territory'>;
  document_id: Id<'document'>;
  reason: string;
  withdrawn_by: Id<'person'> | null;
  withdrawn_at: Temporal.Instant;
}

export interface DocumentsTable {
  territory_id: Id<'territory'>;
  id: Id<'document'>;
  kind: 'payment-call' | 'receipt' | 'aid-certificate' | 'aid-notice' | 'delivery-statement' | 'funder-report';
  year: number;
  number: number;
  locale: 'fr' | 'en';
  organisation_id: Id<'organisation'> | null;
  issue_key: string;
  facts: Json;
  paper: Json;
  sha256: string;
  issued_on: Temporal.PlainDate;
  issued_by: Id<'person'> | null;
  issued_at: Temporal.Instant;
}

export interface EventsTable {
  territory_id: Id<'territory'>;
  id: Id<'event'>;
  kind: string;
  version: Generated<number>;
  subject_id: string;
  person_id: Id<'person'> | null;
  occurred_at: Temporal.Instant;
  payload: GeneratedJson;
}

export interface ExpensesTable {
  territory_id: Id<'territory'>;
  id: Id<'expense'>;
  spent_on: Temporal.PlainDate;
  nature: 'staff' | 'premises' | 'services' | 'events' | 'travel' | 'purchases';
  amount_cents: bigint;
  supplier: string;
  programme_code: string | null;
  file_id: Id<'file'> | null;
  entry_id: Id<'entry'>;
  reversal_entry_id: Id<'entry'> | null;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
}

export interface FirmLinksTable {
  territory_id: Id<'territory'>;
  id: Id<'link'>;
  holder_id: Id<'firm'>;
  held_id: Id<'firm'>;
  ground: 'votes' | 'board' | 'influence' | 'agreement';
  votes_per_myriad: number | null;
  since: Temporal.PlainDate;
  until: Temporal.PlainDate | null;
  evidence: Generated<string>;
  recorded_by: Id<'person'> | null;
  recorded_at: Temporal.Instant;
}

export interface FirmSuccessionsTable {
  territory_id: Id<'territory'>;
  id: Id<'succession'>;
  from_id: Id<'firm'>;
  heir_id: Id<'firm'>;
  effective_on: Temporal.PlainDate;
  equity_cents: Generated<bigint>;
  recorded_by: Id<'person'> | null;
  recorded_at: Temporal.Instant;
}

export interface FiscalYearsTable {
  territory_id: Id<'territory'>;
  code: string;
  starts_on: Temporal.PlainDate;
  ends_on: Temporal.PlainDate;
  state: Generated<'open' | 'closed'>;
  closed_at: Temporal.Instant | null;
  closed_by: Id<'person'> | null;
  closed_hash: string | null;
}

export interface FormSubmissionsTable {
  territory_id: Id<'territory'>;
  key: string;
  person_id: string | null;
  location: string;
  created_at: Temporal.Instant;
}

export interface ImportDecisionsTable {
  territory_id: Id<'territory'>;
  source: string;
  identity: string;
  organisation_id: Id<'organisation'>;
  decision: 'same' | 'different';
  decided_by: Id<'person'> | null;
  decided_at: Temporal.Instant;
}

export interface ImportEntriesTable {
  territory_id: Id<'territory'>;
  import_id: Id<'import'>;
  position: number;
  subject: 'organisation' | 'person';
  identity: string;
  table_position: number;
  number: number;
  row_count: number;
  name: string;
  keys: GeneratedJson;
  facts: GeneratedJson;
  outcome: 'create' | 'change' | 'same' | 'ask' | 'refuse';
  target_id: string | null;
  before: GeneratedJson;
  after: GeneratedJson;
  problems: GeneratedJson;
  candidates: GeneratedJson;
  is_chosen: Generated<boolean>;
}

export interface ImportFilesTable {
  territory_id: Id<'territory'>;
  import_id: Id<'import'>;
  position: number;
  file_id: Id<'file'>;
}

export interface ImportLinksTable {
  territory_id: Id<'territory'>;
  import_id: Id<'import'>;
  table_position: number;
  number: number;
  position: number;
  kind: string;
  field: string;
  from_identity: string | null;
  from_words: string | null;
  from_table: number | null;
  to_identity: string | null;
  to_words: string | null;
  to_table: number | null;
  label: Generated<string>;
  since: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
  from_id: string | null;
  to_id: string | null;
  added_id: string | null;
}

export interface ImportRowsTable {
  territory_id: Id<'territory'>;
  import_id: Id<'import'>;
  table_position: number;
  number: number;
  subject: 'organisation' | 'person' | 'none';
  identity: string | null;
  key: string | null;
  facts: GeneratedJson;
  problems: GeneratedJson;
}

export interface ImportTablesTable {
  territory_id: Id<'territory'>;
  import_id: Id<'import'>;
  position: number;
  file_position: number;
  name: string;
  sheet: Generated<string>;
  shape: string;
  columns: Json;
  settings: Json;
  row_count: number;
  notes: GeneratedJson;
}

export interface ImportsTable {
  territory_id: Id<'territory'>;
  id: Id<'import'>;
  source: string;
  state: Generated<'reading' | 'mapping' | 'staging' | 'previewed' | 'applying' | 'applied' | 'undoing' | 'undone' | 'abandoned' | 'failed'>;
  step_done: Generated<number>;
  step_total: Generated<number>;
  step_started_at: Temporal.Instant | null;
  cancel_requested: Generated<boolean>;
  failure: string | null;
  counts: GeneratedJson;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
  previewed_at: Temporal.Instant | null;
  applied_at: Temporal.Instant | null;
  undone_at: Temporal.Instant | null;
  asked_by: Id<'person'> | null;
  forgotten_at: Temporal.Instant | null;
}

export interface InstalmentPaymentsTable {
  territory_id: Id<'territory'>;
  id: Id<'payment'>;
  instalment_id: Id<'instalment'>;
  paid_on: Temporal.PlainDate;
  amount_cents: bigint;
  note: Generated<string>;
  entry_id: Id<'entry'>;
  reversal_entry_id: Id<'entry'> | null;
  created_at: Temporal.Instant;
}

export interface InstalmentsTable {
  territory_id: Id<'territory'>;
  id: Id<'instalment'>;
  agreement_id: Id<'agreement'>;
  year: number;
  due_on: Temporal.PlainDate;
  amount_cents: bigint;
  condition: Generated<string>;
  state: Generated<'planned' | 'called' | 'withdrawn'>;
  called_on: Temporal.PlainDate | null;
  call_entry_id: Id<'entry'> | null;
  call_count: Generated<number>;
  carried_from_id: Id<'instalment'> | null;
  reminded_on: Temporal.PlainDate | null;
  reminders: Generated<number>;
}

export interface LedgerAccountsTable {
  territory_id: Id<'territory'>;
  id: Id<'account'>;
  code: string;
  unit: 'eur-cent' | 'minute' | 'introduction' | 'desk-day' | 'test-ground-day';
  organisation_id: Id<'organisation'> | null;
  created_at: Temporal.Instant;
}

export interface LedgerBlockEntriesTable {
  territory_id: Id<'territory'>;
  entry_id: Id<'entry'>;
  height: number;
  position: number;
  hash: string;
}

export interface LedgerBlocksTable {
  territory_id: Id<'territory'>;
  height: number;
  previous_hash: string;
  hash: string;
  entry_count: number;
  sealed_at: Temporal.Instant;
}

export interface LedgerDailySumsTable {
  territory_id: Id<'territory'>;
  account_id: Id<'account'>;
  day: Temporal.PlainDate;
  programme_code: Generated<string>;
  debits: bigint;
  credits: bigint;
}

export interface LedgerEntriesTable {
  territory_id: Id<'territory'>;
  id: Id<'entry'>;
  key: string;
  occurred_on: Temporal.PlainDate;
  posted_at: Temporal.Instant;
  cause_kind: 'session' | 'agreement' | 'booking' | 'decision' | 'instalment' | 'payment' | 'expense' | 'stay' | 'test';
  cause_id: string;
  author_id: Id<'person'> | null;
  memo: Generated<string>;
  reverses_id: Id<'entry'> | null;
  programme_code: string | null;
}

export interface LedgerKeepersTable {
  territory_id: Id<'territory'>;
  organisation_id: Id<'organisation'>;
}

export interface LedgerTransfersTable {
  territory_id: Id<'territory'>;
  entry_id: Id<'entry'>;
  position: number;
  debit_account_id: Id<'account'>;
  credit_account_id: Id<'account'>;
  unit: string;
  amount: bigint;
  occurred_on: Temporal.PlainDate;
}

export interface LedgerUnsealedTable {
  territory_id: Id<'territory'>;
  entry_id: Id<'entry'>;
}

export interface MatchDelegationsTable {
  territory_id: Id<'territory'>;
  id: Id<'delegation'>;
  match_id: Id<'match'>;
  side: 'need' | 'offer';
  person_id: Id<'person'>;
  note: Generated<string>;
  delegated_by: Id<'person'> | null;
  delegated_at: Temporal.Instant;
}

export interface MatchesTable {
  territory_id: Id<'territory'>;
  id: Id<'match'>;
  need_id: Id<'need'>;
  offer_id: Id<'offer'>;
  round_id: Id<'round'> | null;
  introduced_by: Id<'person'> | null;
  quantity: number;
  score: number | null;
  why: GeneratedJson;
  message: Generated<string>;
  state: Generated<'proposed' | 'accepted' | 'declined' | 'withdrawn'>;
  need_answer: 'accepted' | 'declined' | null;
  need_reason: Generated<string>;
  need_answered_by: Id<'person'> | null;
  need_answered_at: Temporal.Instant | null;
  offer_answer: 'accepted' | 'declined' | null;
  offer_reason: Generated<string>;
  offer_answered_by: Id<'person'> | null;
  offer_answered_at: Temporal.Instant | null;
  created_at: Temporal.Instant;
  updated_at: Temporal.Instant;
  version: Generated<number>;
}

export interface MembershipsTable {
  territory_id: Id<'territory'>;
  person_id: Id<'person'>;
  organisation_id: Id<'organisation'>;
  role: 'manager' | 'member';
  since: Temporal.PlainDate;
}

export interface NeedOfferImportsTable {
  territory_id: Id<'territory'>;
  id: Id<'import'>;
  subject: 'needs' | 'offers';
  file_name: string;
  content: Buffer;
  mapping: GeneratedJson;
  state: Generated<'previewed' | 'loaded' | 'abandoned'>;
  report: GeneratedJson;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
  loaded_at: Temporal.Instant | null;
}

export interface NeedsTable {
  territory_id: Id<'territory'>;
  id: Id<'need'>;
  organisation_id: Id<'organisation'>;
  kind_code: string;
  unit: string;
  quantity: number;
  title: string;
  body: Generated<string>;
  urgency: Generated<number>;
  needed_by: Temporal.PlainDate | null;
  visibility: Generated<'public' | 'territory' | 'team'>;
  state: Generated<'open' | 'met' | 'withdrawn'>;
  conditions: GeneratedJson;
  theme_codes: Generated<readonly string[]>;
  external_key: string | null;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
  updated_at: Temporal.Instant;
  version: Generated<number>;
  search_text: GeneratedAlways<string | null>;
}

export interface OfferRatesTable {
  territory_id: Id<'territory'>;
  id: Id<'rate'>;
  offer_id: Id<'offer'>;
  valid_from: Temporal.PlainDate;
  method: 'donor-cost' | 'market-minus-paid' | 'standard-rate';
  cost_cents: bigint;
  market_cents: bigint;
  paid_cents: bigint;
  public_share_per_million: number;
  evidence: string;
  recorded_by: Id<'person'> | null;
  recorded_at: Temporal.Instant;
}

export interface OffersTable {
  territory_id: Id<'territory'>;
  id: Id<'offer'>;
  organisation_id: Id<'organisation'>;
  kind_code: string;
  unit: string;
  capacity: number;
  minimum: Generated<number>;
  title: string;
  body: Generated<string>;
  available_from: Temporal.PlainDate | null;
  available_until: Temporal.PlainDate | null;
  visibility: Generated<'public' | 'territory' | 'team'>;
  state: Generated<'open' | 'paused' | 'withdrawn'>;
  conditions: GeneratedJson;
  theme_codes: Generated<readonly string[]>;
  external_key: string | null;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
  updated_at: Temporal.Instant;
  version: Generated<number>;
  search_text: GeneratedAlways<string | null>;
}

export interface OrganisationChangesTable {
  territory_id: Id<'territory'>;
  id: Id<'change'>;
  organisation_id: Id<'organisation'>;
  source: 'form' | 'api' | 'import' | 'register' | 'merge' | 'undo' | 'demonstration';
  source_id: string | null;
  author_id: Id<'person'> | null;
  at: Temporal.Instant;
  before: GeneratedJson;
  after: GeneratedJson;
  state: Generated<'applied' | 'proposed' | 'refused' | 'undone'>;
  decided_by: Id<'person'> | null;
  decided_at: Temporal.Instant | null;
  reason: Generated<string>;
  undoes_id: Id<'change'> | null;
}

export interface OrganisationConflictsTable {
  territory_id: Id<'territory'>;
  organisation_id: Id<'organisation'>;
  other_id: Id<'organisation'>;
  tie: 'competitor' | 'shareholder' | 'supplier' | 'other';
  declared_by: Id<'person'> | null;
  declared_at: Temporal.Instant;
  holder_id: Id<'organisation'> | null;
  share_per_mille: number | null;
}

export interface OrganisationDistinctionsTable {
  territory_id: Id<'territory'>;
  first_id: Id<'organisation'>;
  second_id: Id<'organisation'>;
  said_by: Id<'person'> | null;
  said_at: Temporal.Instant;
}

export interface OrganisationKeysTable {
  territory_id: Id<'territory'>;
  source: string;
  key: string;
  organisation_id: Id<'organisation'>;
}

export interface OrganisationMergesTable {
  territory_id: Id<'territory'>;
  id: Id<'merge'>;
  kept_id: Id<'organisation'>;
  gone_id: Id<'organisation'>;
  moved: GeneratedJson;
  merged_by: Id<'person'> | null;
  merged_at: Temporal.Instant;
  undone_at: Temporal.Instant | null;
}

export interface OrganisationPartsTable {
  territory_id: Id<'territory'>;
  organisation_id: Id<'organisation'>;
  part: 'startup' | 'company-partner' | 'public-body' | 'research' | 'investor' | 'media' | 'support-structure';
}

export interface OrganisationPhasesTable {
  territory_id: Id<'territory'>;
  id: Id<'phase'>;
  organisation_id: Id<'organisation'>;
  phase: string;
  since: Temporal.PlainDate;
  until: Temporal.PlainDate | null;
}

export interface OrganisationPlacesTable {
  territory_id: Id<'territory'>;
  id: Id<'place'>;
  organisation_id: Id<'organisation'>;
  siret: string | null;
  label: Generated<string>;
  address: Generated<string>;
  postal_code: string | null;
  commune: string | null;
  commune_code: string | null;
  latitude: number | null;
  longitude: number | null;
  since: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
}

export interface OrganisationThemesTable {
  territory_id: Id<'territory'>;
  organisation_id: Id<'organisation'>;
  theme_code: string;
}

export interface OrganisationTiesTable {
  territory_id: Id<'territory'>;
  id: Id<'ty'>;
  from_id: Id<'organisation'>;
  to_id: Id<'organisation'>;
  kind: 'incubated-by' | 'sponsored-by' | 'part-of' | 'member-of' | 'successor-of' | 'spun-out-of' | 'other';
  since: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
}

export interface OrganisationsTable {
  territory_id: Id<'territory'>;
  id: Id<'organisation'>;
  slug: string;
  name: string;
  siren: string | null;
  naf_section: string | null;
  region_code: string | null;
  commune: string | null;
  employees: number | null;
  founded_on: Temporal.PlainDate | null;
  website: string | null;
  summary_fr: Generated<string>;
  summary_en: Generated<string>;
  created_at: Temporal.Instant;
  updated_at: Temporal.Instant;
  version: Generated<number>;
  legal_name: string | null;
  other_names: Generated<readonly string[]>;
  siret: string | null;
  naf_code: string | null;
  commune_code: string | null;
  postal_code: string | null;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  arrived_on: Temporal.PlainDate | null;
  left_on: Temporal.PlainDate | null;
  closed_on: Temporal.PlainDate | null;
  links: GeneratedJson;
  extra: GeneratedJson;
  logo_id: Id<'file'> | null;
  is_listed: Generated<boolean>;
  register_state: Generated<'none' | 'pending' | 'verified' | 'unverified' | 'closed' | 'not-diffusible'>;
  register_checked_at: Temporal.Instant | null;
  merged_into_id: Id<'organisation'> | null;
  name_key: GeneratedAlways<string | null>;
  withdrawn_at: Temporal.Instant | null;
  names_key: GeneratedAlways<string | null>;
  commune_key: GeneratedAlways<string | null>;
  founded_decade: GeneratedAlways<number | null>;
  search_text: GeneratedAlways<string | null>;
}

export interface OutgoingMailsTable {
  id: Id<'mail'>;
  recipient: string;
  subject: string;
  body_text: string;
  calendar_name: string | null;
  calendar_text: string | null;
  created_at: Temporal.Instant;
  expires_at: Temporal.Instant | null;
  attempts: Generated<number>;
  next_attempt_at: Temporal.Instant | null;
  sent_at: Temporal.Instant | null;
  failure: string | null;
}

export interface PeopleTable {
  territory_id: Id<'territory'>;
  id: Id<'person'>;
  email: string | null;
  name: string;
  locale: Generated<'fr' | 'en'>;
  created_at: Temporal.Instant;
}

export interface PersonKeysTable {
  territory_id: Id<'territory'>;
  source: string;
  key: string;
  person_id: Id<'person'>;
}

export interface ProgrammesTable {
  territory_id: Id<'territory'>;
  code: string;
  label_fr: string;
  label_en: string;
  position: Generated<number>;
}

export interface RoleGrantsTable {
  territory_id: Id<'territory'>;
  person_id: Id<'person'>;
  role: 'administrator' | 'programme-team' | 'expert' | 'funder' | 'committee-member';
  granted_by: Id<'person'> | null;
  granted_at: Temporal.Instant;
}

export interface RoundDecisionsTable {
  territory_id: Id<'territory'>;
  round_id: Id<'round'>;
  need_id: Id<'need'>;
  offer_id: Id<'offer'>;
  decision: 'pin' | 'forbid';
  quantity: number | null;
  reason: Generated<string>;
  decided_by: Id<'person'> | null;
  decided_at: Temporal.Instant;
}

export interface RoundRunsTable {
  territory_id: Id<'territory'>;
  id: Id<'run'>;
  round_id: Id<'round'>;
  number: number;
  state: Generated<'queued' | 'running' | 'done' | 'cancelled' | 'failed'>;
  progress_percent: Generated<number>;
  progress_step: Generated<string>;
  cancel_requested: Generated<boolean>;
  problem: NullableJson;
  plan: NullableJson;
  failure: string | null;
  requested_by: Id<'person'> | null;
  created_at: Temporal.Instant;
  started_at: Temporal.Instant | null;
  finished_at: Temporal.Instant | null;
}

export interface RoundsTable {
  territory_id: Id<'territory'>;
  id: Id<'round'>;
  number: number;
  title: string;
  starts_on: Temporal.PlainDate;
  ends_on: Temporal.PlainDate;
  state: Generated<'open' | 'published' | 'closed'>;
  published_run_id: Id<'run'> | null;
  published_at: Temporal.Instant | null;
  published_by: Id<'person'> | null;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
  version: Generated<number>;
  most_partners: number | null;
}

export interface SavedViewVisitsTable {
  territory_id: Id<'territory'>;
  view_id: Id<'view'>;
  person_id: Id<'person'>;
  seen_at: Temporal.Instant;
}

export interface SavedViewsTable {
  territory_id: Id<'territory'>;
  id: Id<'view'>;
  person_id: Id<'person'>;
  name: string;
  query: string;
  is_shared: Generated<boolean>;
  created_at: Temporal.Instant;
}

export interface SessionsTable {
  territory_id: Id<'territory'>;
  id: Id<'session'>;
  match_id: Id<'match'>;
  starts_at: Temporal.Instant;
  duration_minutes: number;
  place: Generated<string>;
  link: Generated<string>;
  state: Generated<'planned' | 'confirmed' | 'cancelled'>;
  calendar_sequence: Generated<number>;
  giver_amount: bigint | null;
  giver_confirmed_by: Id<'person'> | null;
  giver_confirmed_at: Temporal.Instant | null;
  receiver_amount: bigint | null;
  receiver_confirmed_by: Id<'person'> | null;
  receiver_confirmed_at: Temporal.Instant | null;
  entry_id: Id<'entry'> | null;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
  updated_at: Temporal.Instant;
  version: Generated<number>;
}

export interface StoredFilePartsTable {
  territory_id: Id<'territory'>;
  file_id: Id<'file'>;
  position: number;
  content: Buffer;
}

export interface StoredFilesTable {
  territory_id: Id<'territory'>;
  id: Id<'file'>;
  name: string;
  media_type: string;
  size_bytes: bigint;
  sha256: string;
  created_by: Id<'person'> | null;
  created_at: Temporal.Instant;
}

export interface SupportKindLinksTable {
  territory_id: Id<'territory'>;
  offer_kind: string;
  need_kind: string;
  unit: string;
  closeness: number;
}

export interface SupportKindsTable {
  territory_id: Id<'territory'>;
  code: string;
  family: 'track' | 'support' | 'local';
  unit: 'half-day' | 'introduction' | 'desk-day' | 'test-ground-day';
  label_fr: string;
  label_en: string;
  position: number;
}

export interface TerritoriesTable {
  id: Id<'territory'>;
  slug: string;
  name: string;
  region_code: string | null;
  zone: Generated<string>;
  half_day_minutes: Generated<number>;
  is_demonstration: Generated<boolean>;
  created_at: Temporal.Instant;
}

export interface TerritoryAddressesTable {
  email: string;
  territory_id: Id<'territory'>;
}

export interface TerritoryMapsTable {
  territory_id: Id<'territory'>;
  shapes: Json;
  credit: string;
  changed_by: Id<'person'> | null;
  changed_at: Temporal.Instant;
}

export interface ThemeLabelsTable {
  territory_id: Id<'territory'>;
  label_key: string;
  label: string;
  theme_code: string;
}

export interface ThemeMergesTable {
  territory_id: Id<'territory'>;
  id: Id<'merge'>;
  from_code: string;
  into_code: string;
  moved: GeneratedJson;
  merged_by: Id<'person'> | null;
  merged_at: Temporal.Instant;
  undone_at: Temporal.Instant | null;
}

export interface ThemesTable {
  territory_id: Id<'territory'>;
  code: string;
  label_fr: string;
  label_en: string;
  merged_into_code: string | null;
}

export interface ValuationsTable {
  territory_id: Id<'territory'>;
  id: Id<'valuation'>;
  entry_id: Id<'entry'>;
  valued_on: Temporal.PlainDate;
  method: 'donor-cost' | 'market-minus-paid' | 'standard-rate';
  receiver: 'general-interest-body' | 'startup' | 'other';
  value_cents: bigint;
  market_cents: bigint;
  paid_cents: bigint;
  public_share_per_million: number;
  evidence: string;
  recorded_by: Id<'person'> | null;
  recorded_at: Temporal.Instant;
}

export interface Tables {
  access_tokens: AccessTokensTable;
  affiliations: AffiliationsTable;
  agreements: AgreementsTable;
  aid_contests: AidContestsTable;
  aid_declaration_lines: AidDeclarationLinesTable;
  aid_declarations: AidDeclarationsTable;
  aid_filings: AidFilingsTable;
  aid_firms: AidFirmsTable;
  aid_grants: AidGrantsTable;
  aid_notices: AidNoticesTable;
  aid_window_entries: AidWindowEntriesTable;
  api_writes: ApiWritesTable;
  auth_accounts: AuthAccountsTable;
  auth_answered: AuthAnsweredTable;
  auth_passkeys: AuthPasskeysTable;
  auth_rate_limits: AuthRateLimitsTable;
  auth_sessions: AuthSessionsTable;
  auth_users: AuthUsersTable;
  auth_verifications: AuthVerificationsTable;
  bank_bookings: BankBookingsTable;
  bank_ibans: BankIbansTable;
  bank_movements: BankMovementsTable;
  bank_statements: BankStatementsTable;
  commitments: CommitmentsTable;
  conflict_answers: ConflictAnswersTable;
  directory_fields: DirectoryFieldsTable;
  document_counters: DocumentCountersTable;
  document_withdrawals: DocumentWithdrawalsTable;
  documents: DocumentsTable;
  events: EventsTable;
  expenses: ExpensesTable;
  firm_links: FirmLinksTable;
  firm_successions: FirmSuccessionsTable;
  fiscal_years: FiscalYearsTable;
  form_submissions: FormSubmissionsTable;
  import_decisions: ImportDecisionsTable;
  import_entries: ImportEntriesTable;
  import_files: ImportFilesTable;
  import_links: ImportLinksTable;
  import_rows: ImportRowsTable;
  import_tables: ImportTablesTable;
  imports: ImportsTable;
  instalment_payments: InstalmentPaymentsTable;
  instalments: InstalmentsTable;
  ledger_accounts: LedgerAccountsTable;
  ledger_block_entries: LedgerBlockEntriesTable;
  ledger_blocks: LedgerBlocksTable;
  ledger_daily_sums: LedgerDailySumsTable;
  ledger_entries: LedgerEntriesTable;
  ledger_keepers: LedgerKeepersTable;
  ledger_transfers: LedgerTransfersTable;
  ledger_unsealed: LedgerUnsealedTable;
  match_delegations: MatchDelegationsTable;
  matches: MatchesTable;
  memberships: MembershipsTable;
  need_offer_imports: NeedOfferImportsTable;
  needs: NeedsTable;
  offer_rates: OfferRatesTable;
  offers: OffersTable;
  organisation_changes: OrganisationChangesTable;
  organisation_conflicts: OrganisationConflictsTable;
  organisation_distinctions: OrganisationDistinctionsTable;
  organisation_keys: OrganisationKeysTable;
  organisation_merges: OrganisationMergesTable;
  organisation_parts: OrganisationPartsTable;
  organisation_phases: OrganisationPhasesTable;
  organisation_places: OrganisationPlacesTable;
  organisation_themes: OrganisationThemesTable;
  organisation_ties: OrganisationTiesTable;
  organisations: OrganisationsTable;
  outgoing_mails: OutgoingMailsTable;
  people: PeopleTable;
  person_keys: PersonKeysTable;
  programmes: ProgrammesTable;
  role_grants: RoleGrantsTable;
  round_decisions: RoundDecisionsTable;
  round_runs: RoundRunsTable;
  rounds: RoundsTable;
  saved_view_visits: SavedViewVisitsTable;
  saved_views: SavedViewsTable;
  sessions: SessionsTable;
  stored_file_parts: StoredFilePartsTable;
  stored_files: StoredFilesTable;
  support_kind_links: SupportKindLinksTable;
  support_kinds: SupportKindsTable;
  territories: TerritoriesTable;
  territory_addresses: TerritoryAddressesTable;
  territory_maps: TerritoryMapsTable;
  theme_labels: ThemeLabelsTable;
  theme_merges: ThemeMergesTable;
  themes: ThemesTable;
  valuations: ValuationsTable;
}
