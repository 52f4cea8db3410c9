/** What programs read of imports, and what their acts take. Fields of tables and rows are named by their places. */
import { z } from 'zod';
import { id, moment } from '../../platform/web/twin.ts';
import { PARTS } from '../territory/organisation.ts';
import { IMPORT_STATES, NO_COUNTS } from './import.ts';
import { SUBJECTS } from './table-fields.ts';

const whole = z.number().int();
const counts = z.object(Object.fromEntries(Object.keys(NO_COUNTS).map((name) => [name, whole])));

const one = z.object({
  id,
  source: z.string(),
  state: z.enum(IMPORT_STATES),
  stepDone: whole,
  stepTotal: whole,
  cancelRequested: z.boolean(),
  failure: z.string().nullable(),
  counts,
  createdAt: moment,
  appliedAt: moment.nullable(),
  undoneAt: moment.nullable(),
  createdBy: z.string().nullable(),
  fileNames: z.array(z.string()),
});

export const importsTwin = z.object({ imports: z.array(one) });

const facts = z.record(z.string(), z.unknown());
const problem = { column: z.string(), code: z.string(), text: z.string() };

export const importTwin = z.object({
  import: one,
  tables: z.array(
    z.object({
      position: whole,
      fileName: z.string(),
      name: z.string(),
      rowCount: whole,
      columns: z.array(z.object({ name: z.string() })),
      settings: z.object({
        subject: z.enum(SUBJECTS),
        part: z.enum(PARTS),
        columns: z.record(z.string(), z.string()),
        references: z.record(z.string(), whole),
      }),
    }),
  ),
  /** Which rows are listed: `voir` of the address says it, `page` the fifty that are wanted. */
  view: z.string(),
  page: whole,
  entries: z.array(
    z.object({
      position: whole,
      subject: z.enum(['organisation', 'person']),
      name: z.string(),
      table: whole,
      number: whole,
      outcome: z.enum(['create', 'change', 'same', 'ask', 'refuse']),
      targetSlug: z.string().nullable(),
      facts,
      before: facts,
      after: facts,
      problems: z.array(z.object(problem)),
      candidates: z.array(
        z.object({
          id,
          slug: z.string(),
          name: z.string(),
          siren: z.string().nullable(),
          website: z.string().nullable(),
          commune: z.string().nullable(),
          why: z.enum(['host', 'name', 'similar']),
        }),
      ),
      isChosen: z.boolean(),
    }),
  ),
  problems: z.array(z.object({ ...problem, table: whole, number: whole, isRefusal: z.boolean() })),
});

const nothing = z.object({});
/** Also `subject-<table>`, `part-<table>` and `column-<table>-<column>`. */
const corrections = z.looseObject({ source: z.string().max(80).optional() });

export const IMPORT_BODIES = {
  correct: corrections,
  preview: corrections,
  back: nothing,
  choose: z.object({ shown: z.array(whole).optional(), chosen: z.array(whole).optional() }),
  /** `decide-<row>`: the organisation's id, or `new`. */
  decide: z.looseObject({}),
  'all-different': nothing,
  apply: nothing,
  undo: nothing,
  stop: nothing,
} as const;

/** Files come as `multipart/form-data`. */
export const importFiles = z.object({ files: z.array(z.file()).min(1) });
