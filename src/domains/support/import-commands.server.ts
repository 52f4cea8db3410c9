/** The only place that writes imports and, from them, many needs or offers at once. */
import { newId, type OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { readTable } from '../../platform/files/table-file.ts';
import { breathe, type TableRefusal } from '../../platform/files/table.ts';
import { createOrganisations } from '../territory/commands.server.ts';
import { ensureThemes } from '../territory/theme-labels.server.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { proposeMapping } from './columns.ts';
import { fieldsOf, type Mapping, type Subject } from './file-fields.ts';
import { isAvailable, storeConditions, storeFacts } from './conditions.ts';
import { analyseImport, importById } from './import-queries.server.ts';
import type { ImportedRow, ImportSettings } from './row-reading.ts';
import { MAX_FILE_BYTES, newOrganisations, sourceOf, type ImportId, type ImportReport, type Lots } from './import.ts';
import { foldWords } from './places.ts';
import { mayLoadFiles } from './policy.ts';
import { isInDirectory } from '../territory/queries.server.ts';

export type ImportRefusal =
  | TableRefusal
  | 'not-allowed'
  | 'not-found'
  | 'too-heavy'
  | 'not-previewed'
  | 'title-unmapped'
  | 'nothing-to-load'
  | 'unknown-organisation';

/** Keeps an uploaded file with a first guess of its columns. Nothing of it is loaded yet. */
export async function startImport(
  tx: TerritoryTransaction,
  principal: Principal,
  file: { readonly subject: Subject; readonly name: string; readonly content: Uint8Array },
  at: Moment,
): Promise<Result<{ id: ImportId }, ImportRefusal>> {
  if (!mayLoadFiles(principal)) return refused('not-allowed');
  if (file.content.length > MAX_FILE_BYTES) return refused('too-heavy');
  const table = await readTable(file.content);
  if (!table.ok) return table;
  if (table.value.rows.length === 0) return refused('no-records');
  const id = newId<'import'>(at.now, at.fillRandom);
  const settings: ImportSettings = {
    source: sourceOf(file.name),
    kind: null,
    units: 1,
    visibility: 'territory',
    organisation: null,
    createsOrganisations: false,
    part: file.subject === 'needs' ? 'startup' : 'public-body',
    createsThemes: true,
  };
  await tx
    .insertInto('need_offer_imports')
    .values({
      territory_id: tx.territoryId,
      id,
      subject: file.subject,
      file_name: file.name.slice(0, 200).toWellFormed(),
      content: Buffer.from(file.content),
      mapping: JSON.stringify({ columns: proposeMapping(table.value, file.subject), settings }),
      created_by: personOf(principal),
      created_at: at.now,
    })
    .execute();
  return done({ id });
}

/** Keeps what a person corrected: columns that the file does not have are dropped. */
export async function correctImport(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
  given: { readonly mapping: Mapping; readonly settings: ImportSettings },
): Promise<Result<{ id: ImportId }, ImportRefusal>> {
  const found = await importById(tx, principal, id);
  if (found === undefined) return refused('not-found');
  if (found.state !== 'previewed') return refused('not-previewed');
  if (given.settings.organisation !== null && !(await hasOrganisation(tx, given.settings.organisation)))
    return refused('unknown-organisation');
  const allowed = new Set<string>(fieldsOf(found.subject));
  const columns = Object.fromEntries(Object.entries(given.mapping).filter(([field]) => allowed.has(field)));
  await tx
    .updateTable('need_offer_imports')
    .set({ mapping: JSON.stringify({ columns, settings: given.settings }) })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .where('state', '=', 'previewed')
    .execute();
  return done({ id });
}

export async function abandonImport(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
): Promise<Result<{ id: ImportId }, ImportRefusal>> {
  const found = await importById(tx, principal, id);
  if (found === undefined) return refused('not-found');
  if (found.state !== 'previewed') return refused('not-previewed');
  await tx
    .updateTable('need_offer_imports')
    .set({ state: 'abandoned' })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .execute();
  return done({ id });
}

/**
 * Loads every row that can be, in the transaction given: whole or not at all. Loading again answers the first report;
 * rows that are already there stay as they are.
 */
export async function loadImport(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
  territory: Pick<Territory, 'zone'>,
  at: Moment,
): Promise<Result<ImportReport, ImportRefusal>> {
  if (!mayLoadFiles(principal)) return refused('not-found');
  await tx
    .selectFrom('need_offer_imports')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  const found = await importById(tx, principal, id);
  if (found === undefined) return refused('not-found');
  if (found.state === 'loaded' && found.report !== null) return done(found.report);
  if (found.state !== 'previewed') return refused('not-previewed');
  if (found.mapping.title === undefined) return refused('title-unmapped');
  const today = at.now.toZonedDateTimeISO(territory.zone).toPlainDate();
  const analysis = await analyseImport(tx, found, { today, zone: territory.zone });
  if (!analysis.ok) return analysis;
  const { lots } = analysis.value;
  if (lots.create.length + lots.already.length === 0) return refused('nothing-to-load');
  const report = await write(tx, principal, { ...found, lots, today }, at);
  await tx
    .updateTable('need_offer_imports')
    .set({ state: 'loaded', loaded_at: at.now, report: JSON.stringify(report) })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .execute();
  const counts = {
    file: found.fileName,
    created: report.created,
    already: report.already,
    refused: report.refused.length,
  };
  await appendEvent(tx, principal, { kind: `${found.subject}-loaded`, subjectId: id, payload: counts }, at);
  return done(report);
}

interface Load {
  readonly subject: Subject;
  readonly settings: ImportSettings;
  readonly lots: Lots;
  readonly today: Temporal.PlainDate;
}

const BATCH = 500;

async function write(
  tx: TerritoryTransaction,
  principal: Principal,
  { subject, settings, lots, today }: Load,
  at: Moment,
): Promise<ImportReport> {
  const organisations = newOrganisations(lots.create, foldWords);
  const created = await createOrganisations(
    tx,
    principal,
    organisations.map(({ name, siren }) => ({ name, siren, part: settings.part })),
    at,
  );
  const labels = [...new Set(lots.create.flatMap((row) => row.newThemes))];
  const themes = await ensureThemes(tx, principal, labels);
  if (!created.ok || !themes.ok) throw new Error('The right to load files comes with the right to add organisations');
  const organisationOf = new Map(
    organisations.flatMap(({ rows }, place) => rows.map((row) => [row, created.value[place]] as const)),
  );
  const themeOf = new Map(labels.map((label, place) => [label, themes.value[place] ?? '']));
  let written = 0;
  for (let start = 0; start < lots.create.length; start += BATCH) {
    const batch = lots.create.slice(start, start + BATCH).map((row, place): WritableRow => ({
      row,
      organisation: 'id' in row.organisation ? row.organisation.id : requireId(organisationOf.get(row)),
      themes: [...new Set([...row.themes, ...row.newThemes.map((label) => themeOf.get(label) ?? '')])],
      // The order of the file is kept: the list shows the newest first.
      createdAt: at.now.subtract({ microseconds: start + place }),
    }));
    written +=
      subject === 'needs' ? await insertNeeds(tx, principal, batch, at) : await insertOffers(tx, principal, batch, at);
    await breathe();
  }
  const over = subject === 'offers' ? lots.create.filter((row) => !isAvailable(row.conditions, today)).length : 0;
  // Another load may have brought some of them in the meantime: they are there, and not ours.
  const already = lots.already.length + lots.create.length - written;
  return {
    created: written,
    already,
    refused: lots.refused,
    organisations: organisations.length,
    themes: labels.length,
    over,
  };
}

interface WritableRow {
  readonly row: ImportedRow;
  readonly organisation: OrganisationId;
  readonly themes: readonly string[];
  readonly createdAt: Temporal.Instant;
}

async function insertNeeds(
  tx: TerritoryTransaction,
  principal: Principal,
  batch: readonly WritableRow[],
  at: Moment,
): Promise<number> {
  const written = await tx
    .insertInto('needs')
    .values(
      batch.map((each) => ({
        ...sharedColumns(tx, principal, each, at),
        id: newId<'need'>(at.now, at.fillRandom),
        quantity: each.row.units,
        urgency: each.row.urgency,
        needed_by: each.row.neededBy,
        conditions: JSON.stringify(storeFacts(each.row.facts)),
      })),
    )
    .onConflict((conflict) => conflict.columns(['territory_id', 'external_key']).doNothing())
    .returning('id')
    .execute();
  return written.length;
}

async function insertOffers(
  tx: TerritoryTransaction,
  principal: Principal,
  batch: readonly WritableRow[],
  at: Moment,
): Promise<number> {
  const written = await tx
    .insertInto('offers')
    .values(
      batch.map((each) => ({
        ...sharedColumns(tx, principal, each, at),
        id: newId<'offer'>(at.now, at.fillRandom),
        capacity: each.row.units,
        minimum: each.row.minimum,
        state: each.row.isPaused ? ('paused' as const) : ('open' as const),
        available_from: each.row.conditions.availableFrom,
        available_until: each.row.conditions.availableUntil,
        conditions: JSON.stringify(storeConditions(each.row.conditions)),
      })),
    )
    .onConflict((conflict) => conflict.columns(['territory_id', 'external_key']).doNothing())
    .returning('id')
    .execute();
  return written.length;
}

function sharedColumns(
  tx: TerritoryTransaction,
  principal: Principal,
  { row, organisation, themes, createdAt }: WritableRow,
  at: Moment,
) {
  return {
    territory_id: tx.territoryId,
    organisation_id: organisation,
    kind_code: row.kind.code,
    unit: row.kind.unit,
    title: row.title,
    body: row.body,
    visibility: row.visibility,
    theme_codes: [...themes],
    external_key: row.externalKey,
    created_by: personOf(principal),
    created_at: createdAt,
    updated_at: at.now,
  };
}

function requireId(id: OrganisationId | undefined): OrganisationId {
  if (id === undefined) throw new Error('Each row to create has its organisation');
  return id;
}

async function hasOrganisation(tx: TerritoryTransaction, id: OrganisationId): Promise<boolean> {
  const row = await tx
    .selectFrom('organisations')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .where(isInDirectory())
    .executeTakeFirst();
  return row !== undefined;
}
