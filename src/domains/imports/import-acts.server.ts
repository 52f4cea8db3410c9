/** The acts of the two screens of imports: from what was posted to where the person goes next. */
import { parseId, type OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { formError, type FormInput } from '../../platform/web/form.ts';
import {
  doneAt,
  respondWith,
  invalid,
  NOT_FOUND,
  SIGN_IN,
  type ActionOutcome,
  type PageAnswer,
} from '../../platform/web/page.ts';
import { addressWith, pathIn, type TerritoryVisit } from '../territory/visit.ts';
import { FAULTY_FORMATS, faultyRowsFile } from './faulty-rows.server.ts';
import {
  askApply,
  askPreview,
  askUndo,
  chooseEntries,
  correctTables,
  decideEntries,
  startImport,
  stopImport,
  type Decision,
  type ImportRefusal,
} from './import-commands.server.ts';
import { IMPORT_JOB, importJobData } from './import-job.server.ts';
import {
  importById,
  listEntries,
  listProblems,
  tablesOf,
  type EntryLine,
  type ProblemLine,
} from './import-queries.server.ts';
import { isUnderWay, type Import, type ImportId } from './import.ts';
import { settingsIn } from './mapping-form.ts';
import { importText } from './messages.ts';
import { mayImport } from './policy.ts';
import type { ImportTable } from './table.ts';

export const PAGE_SIZE = 50;
export const VIEWS = ['create', 'change', 'ask', 'same', 'people', 'problems'] as const;
export type ImportView = (typeof VIEWS)[number];

export interface ImportScreen {
  readonly given: Import;
  readonly tables: readonly ImportTable[];
  readonly view: ImportView;
  readonly page: number;
  readonly entries: readonly EntryLine[];
  readonly problems: readonly ProblemLine[];
}

export async function readScreen(visit: TerritoryVisit, tx: TerritoryTransaction): Promise<ImportScreen | PageAnswer> {
  if (!mayImport(visit.principal)) return SIGN_IN;
  const given = await findImport(visit, tx);
  if (given === undefined) return NOT_FOUND;
  const tables = isUnderWay(given.state) ? [] : await tablesOf(tx, given.id);
  const asked = visit.url.searchParams;
  const format = FAULTY_FORMATS.find((each) => each === asked.get('format'));
  if (format !== undefined) {
    const table = tables.find(({ position }) => String(position) === asked.get('tableau'));
    if (table === undefined) return NOT_FOUND;
    const wish = { t: importText(visit.locale), format, at: visit.now };
    return respondWith(await faultyRowsFile(tx, given.id, table, wish));
  }
  const view = viewOf(given, asked.get('voir'));
  const page = Math.min(100_000, Math.max(1, Number.parseInt(asked.get('page') ?? '1', 10) || 1));
  const isReviewed = given.state === 'previewed' || given.state === 'applied' || given.state === 'undone';
  return {
    given,
    tables,
    view,
    page,
    entries:
      isReviewed && view !== 'problems'
        ? await listEntries(tx, given.id, { ...queryOf(view), page, size: PAGE_SIZE })
        : [],
    problems: isReviewed && view === 'problems' ? await listProblems(tx, given.id, { page, size: PAGE_SIZE }) : [],
  };
}

function queryOf(view: ImportView): { outcome: EntryLine['outcome']; subject: EntryLine['subject'] } {
  if (view === 'people') return { outcome: 'create', subject: 'person' };
  return { outcome: view === 'problems' ? 'refuse' : view, subject: 'organisation' };
}

/** What is to be decided first, then what there is most to see of. */
function viewOf({ counts }: Import, asked: string | null): ImportView {
  const named = VIEWS.find((view) => view === asked);
  if (named !== undefined) return named;
  if (counts.ask > 0) return 'ask';
  if (counts.create > 0) return 'create';
  return counts.change > 0 ? 'change' : 'same';
}

export async function takeFiles(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
): Promise<ActionOutcome> {
  const t = importText(visit.locale);
  const files = (input.fileLists['files'] ?? []).map((file) => ({
    name: file.name,
    type: file.type,
    size: file.size,
    stream: () => file.stream() as unknown as AsyncIterable<Uint8Array>,
  }));
  const started = await startImport(tx, visit.principal, files, visit);
  if (!started.ok) {
    if (started.reason === 'not-allowed') return absent(visit);
    return invalid(formError(input, t(`refused.${started.reason}`, started.facts), 'files'));
  }
  return doneAt(addressOf(visit, started.value.id), t('done.started'), startJob(visit, started.value.id));
}

/** Each act of the screen of one import, by the name of its button. */
export const IMPORT_ACTS = {
  correct: act(async ({ visit, input, tx, id }) => {
    const corrected = await correct(visit, input, tx, id);
    return corrected.ok ? { notice: 'done.corrected' } : corrected;
  }),
  preview: act(async ({ visit, input, tx, id }) => {
    const corrected = await correct(visit, input, tx, id);
    if (!corrected.ok) return corrected;
    const asked = await askPreview(tx, visit.principal, id);
    return asked.ok ? { startsJob: true } : asked;
  }),
  back: act(async ({ visit, tx, id }) => {
    const moved = await correctTables(tx, visit.principal, id, { source: await sourceIn(tx, id), tables: new Map() });
    return moved.ok ? {} : moved;
  }),
  choose: act(async ({ visit, input, tx, id }) => {
    const chosen = await chooseEntries(tx, visit.principal, id, {
      shown: numbersIn(input, 'shown'),
      chosen: numbersIn(input, 'chosen'),
    });
    return chosen.ok ? { notice: 'chosen', stays: true } : chosen;
  }),
  decide: act(async ({ visit, input, tx, id }) => decide(visit, tx, id, decisionsIn(input))),
  'all-different': act(async ({ visit, tx, id }) => decide(visit, tx, id, 'all-different')),
  apply: act(async ({ visit, tx, id }) => {
    const asked = await askApply(tx, visit.principal, id);
    return asked.ok ? { startsJob: true } : asked;
  }),
  undo: act(async ({ visit, tx, id }) => {
    const asked = await askUndo(tx, visit.principal, id);
    return asked.ok ? { startsJob: true } : asked;
  }),
  stop: act(async ({ visit, tx, id }) => {
    const stopped = await stopImport(tx, visit.principal, id);
    return stopped.ok ? { notice: 'done.stopped' } : stopped;
  }),
};

interface Act {
  readonly visit: TerritoryVisit;
  readonly input: FormInput;
  readonly tx: TerritoryTransaction;
  readonly id: ImportId;
}

type Word = 'done.corrected' | 'done.stopped' | 'chosen';
type ActAnswer =
  | {
      readonly ok: false;
      readonly reason: Exclude<ImportRefusal, 'not-allowed'> | 'not-allowed';
      readonly facts?: Readonly<Record<string, string | number>>;
    }
  | {
      readonly ok?: undefined;
      readonly notice?: Word;
      readonly sentence?: string;
      readonly startsJob?: true;
      readonly stays?: true;
    };

function act(work: (given: Act) => Promise<ActAnswer>) {
  return async (visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction): Promise<ActionOutcome> => {
    if (!mayImport(visit.principal)) return absent(visit);
    const id = parseId<'import'>(visit.params['import'] ?? '');
    if (id === undefined) return { kind: 'not-found' };
    const answer = await work({ visit, input, tx, id });
    const t = importText(visit.locale);
    if (answer.ok === false) {
      if (answer.reason === 'not-found' || answer.reason === 'not-allowed') return { kind: 'not-found' };
      return invalid(formError(input, t(`refused.${answer.reason}`, answer.facts)));
    }
    const notice = answer.sentence ?? (answer.notice === undefined ? undefined : t(answer.notice));
    const address = answer.stays === true ? addressWith(visit, {}) : addressOf(visit, id);
    return doneAt(address, notice, answer.startsJob === true ? startJob(visit, id) : undefined);
  };
}

async function correct(visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction, id: ImportId) {
  const tables = await tablesOf(tx, id);
  const sent = input.values['source'];
  const source = typeof sent === 'string' && sent.trim() !== '' ? sent.trim().slice(0, 80) : await sourceIn(tx, id);
  return correctTables(tx, visit.principal, id, {
    source,
    tables: new Map(tables.map((table) => [table.position, settingsIn(input.values, table, tables)])),
  });
}

async function decide(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
  id: ImportId,
  decisions: readonly Decision[] | 'all-different',
): Promise<ActAnswer> {
  const decided = await decideEntries(tx, visit.principal, id, decisions, visit);
  if (!decided.ok) return decided;
  const sentence = importText(visit.locale)('decided', { n: decided.value.count });
  if (decided.value.count === 0) return { sentence };
  const asked = await askPreview(tx, visit.principal, id);
  return asked.ok ? { sentence, startsJob: true } : asked;
}

/** « decide-12 » holds an organisation's id, or « new ». */
function decisionsIn(input: FormInput): Decision[] {
  return Object.entries(input.values).flatMap(([name, value]): Decision[] => {
    const position = /^decide-(\d{1,9})$/u.exec(name)?.[1];
    if (position === undefined || typeof value !== 'string' || value === '') return [];
    if (value === 'new') return [{ position: Number(position), organisationId: null }];
    const organisationId = parseId<'organisation'>(value) as OrganisationId | undefined;
    return organisationId === undefined ? [] : [{ position: Number(position), organisationId }];
  });
}

function numbersIn(input: FormInput, name: string): number[] {
  const value = input.values[name];
  const texts = value === undefined ? [] : typeof value === 'string' ? value.split(',') : value;
  return texts.map(Number).filter((each) => Number.isInteger(each) && each >= 0 && each < 2 ** 31);
}

async function sourceIn(tx: TerritoryTransaction, id: ImportId): Promise<string> {
  return (await importById(tx, id))?.source ?? 'fichier';
}

async function findImport(visit: TerritoryVisit, tx: TerritoryTransaction): Promise<Import | undefined> {
  const id = parseId<'import'>(visit.params['import'] ?? '');
  return id && importById(tx, id);
}

export function addressOf(visit: Pick<TerritoryVisit, 'territory'>, id: ImportId): string {
  return pathIn(visit, 'imports', id);
}

function startJob(visit: TerritoryVisit, id: ImportId): () => Promise<void> {
  return () => visit.services.startJob(IMPORT_JOB, importJobData(visit.territory.id, id));
}

function absent(visit: TerritoryVisit): ActionOutcome {
  return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
}
