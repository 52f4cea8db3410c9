/** The acts of the two screens of loading a file: from what was posted to where the person goes next. */
import { parseId } from '../../lib/ids.ts';
import { CSV_TYPE, writeCsv } from '../../platform/files/csv-writer.ts';
import type { Table } from '../../platform/files/table.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { fieldErrors } from '../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../platform/web/form.ts';
import {
  doneAt,
  download,
  invalid,
  NOT_FOUND,
  SIGN_IN,
  type ActionOutcome,
  type PageAnswer,
} from '../../platform/web/page.ts';
import { pathIn, type TerritoryVisit } from '../territory/visit.ts';
import type { Subject } from './file-fields.ts';
import { abandonImport, correctImport, loadImport, startImport } from './import-commands.server.ts';
import { analyseImport, importById, tableOfImport } from './import-queries.server.ts';
import { importForm, mappingIn } from './import-schema.ts';
import type { Import, Lots, RefusedRow } from './import.ts';
import type { SupportKind } from './kind.ts';
import { listKinds } from './kind-queries.server.ts';
import { supportText } from './messages.ts';
import { noteSentence } from './note-words.ts';
import { mayLoadFiles } from './policy.ts';
import { organisationsSpokenFor, type OrganisationOption } from './stated-queries.server.ts';

/** The words of the addresses. */
export const WORDS = { needs: 'besoins', offers: 'apports' } as const;

/** A file that waits for a person's agreement. */
export interface Review {
  readonly given: Import;
  readonly table: Table;
  readonly lots: Lots;
  readonly kinds: readonly SupportKind[];
  readonly organisations: readonly OrganisationOption[];
}

export async function takeFile(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
  subject: Subject,
): Promise<ActionOutcome> {
  if (!mayLoadFiles(visit.principal))
    return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
  const t = supportText(visit.locale);
  const file = input.files['file'];
  if (file === undefined) return invalid(formError(input, t('files.refused.no-file'), 'file'));
  const started = await startImport(
    tx,
    visit.principal,
    { subject, name: file.name, content: new Uint8Array(await file.arrayBuffer()) },
    visit,
  );
  if (!started.ok) return invalid(formError(input, t(`files.refused.${started.reason}`, started.facts), 'file'));
  return doneAt(pathIn(visit, WORDS[subject], 'charger', started.value.id));
}

/** What the screen shows: the file's lots while it waits, its report once it is loaded, or its refused rows to keep. */
export async function readReview(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
  subject: Subject,
): Promise<Review | Import | PageAnswer> {
  if (!mayLoadFiles(visit.principal)) return SIGN_IN;
  const given = await findImport(visit, tx, subject);
  if (given === undefined) return NOT_FOUND;
  const wantsRefused = visit.url.searchParams.get('format') === 'csv';
  if (given.state !== 'previewed') {
    if (!wantsRefused || given.report === null) return given;
    const table = await tableOfImport(tx, given.id);
    return table.ok ? refusedFile(visit, given, table.value, given.report.refused) : NOT_FOUND;
  }
  const analysis = await analyseImport(tx, given, { today: visit.today, zone: visit.territory.zone });
  if (!analysis.ok) return NOT_FOUND;
  const { table, lots } = analysis.value;
  if (wantsRefused) return refusedFile(visit, given, table, lots.refused);
  return {
    given,
    table,
    lots,
    kinds: await listKinds(tx),
    organisations: await organisationsSpokenFor(tx, visit.principal),
  };
}

export async function correctFile(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
  subject: Subject,
): Promise<ActionOutcome> {
  const given = await findImport(visit, tx, subject);
  if (given === undefined) return absent(visit);
  const t = supportText(visit.locale);
  const parsed = parseForm(importForm(subject), input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const table = await tableOfImport(tx, given.id);
  if (!table.ok) return { kind: 'not-found' };
  const corrected = await correctImport(tx, visit.principal, given.id, {
    mapping: mappingIn(input.values, subject, table.value.columns),
    settings: parsed.value,
  });
  if (!corrected.ok) return invalid(formError(input, t(`files.refused.${corrected.reason}`, corrected.facts)));
  return doneAt(pathIn(visit, WORDS[subject], 'charger', given.id), t('files.done.changed'));
}

export async function loadFile(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
  subject: Subject,
): Promise<ActionOutcome> {
  const given = await findImport(visit, tx, subject);
  if (given === undefined) return absent(visit);
  const t = supportText(visit.locale);
  const loaded = await loadImport(tx, visit.principal, given.id, visit.territory, visit);
  if (!loaded.ok) return invalid(formError(input, t(`files.refused.${loaded.reason}`, loaded.facts)));
  return doneAt(pathIn(visit, WORDS[subject], 'charger', given.id));
}

export async function abandonFile(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
  subject: Subject,
): Promise<ActionOutcome> {
  const given = await findImport(visit, tx, subject);
  if (given === undefined) return absent(visit);
  const t = supportText(visit.locale);
  const abandoned = await abandonImport(tx, visit.principal, given.id);
  if (!abandoned.ok) return invalid(formError(input, t(`files.refused.${abandoned.reason}`, abandoned.facts)));
  return doneAt(pathIn(visit, WORDS[subject], 'charger'), t('files.done.abandoned'));
}

async function findImport(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
  subject: Subject,
): Promise<Import | undefined> {
  const id = parseId<'import'>(visit.params['import'] ?? '');
  const given = id && (await importById(tx, visit.principal, id));
  return given?.subject === subject ? given : undefined;
}

function absent(visit: TerritoryVisit): ActionOutcome {
  return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
}

/** The refused rows as they were in the file, led by where and why, so that they can be corrected and sent again. */
function refusedFile(visit: TerritoryVisit, given: Import, table: Table, refused: readonly RefusedRow[]): PageAnswer {
  const t = supportText(visit.locale);
  const cells = new Map(table.rows.map((row) => [row.number, row.cells]));
  const content = writeCsv<RefusedRow>(
    [
      { label: t('files.row'), cell: ({ number }) => number },
      {
        label: t('files.field'),
        cell: ({ notes }) => [...new Set(notes.map((note) => t(`files.field.${note.field}`)))].join(', '),
      },
      {
        label: t('files.reason'),
        cell: ({ notes }) => notes.map((note) => noteSentence(visit.locale, note)).join(' '),
      },
      ...table.columns.map((column, place) => ({
        label: column,
        cell: ({ number }: RefusedRow) => cells.get(number)?.[place],
      })),
    ],
    refused,
  );
  return download(content, `${given.subject === 'needs' ? 'besoins' : 'apports'}-refuses.csv`, CSV_TYPE);
}
