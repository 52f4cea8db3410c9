/**
 * Forms as they travel: what a browser posted, what a schema made of it, what goes back to the page after a 422.
 *
 * Must always hold: what somebody typed comes back to them unchanged; a field's error is a sentence in their
 * language; texts reach a schema in Unicode NFC with "\n" line ends.
 */
import type { z } from 'zod';
import type { FieldValue, FormState } from '../../lib/form-state.ts';
import { parseId, type Id } from '../../lib/ids.ts';

export interface FormInput {
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly files: Readonly<Record<string, File>>;
  /** Every file of a field that takes several. */
  readonly fileLists: Readonly<Record<string, readonly File[]>>;
  /** Which of the page's actions was pressed (`_action`); the only one when a page has one. */
  readonly action: string;
  /** The form's own key (`_key`): the same key never acts twice. */
  readonly key: Id<'submission'> | undefined;
}

type Body = Readonly<Record<string, string | File | (string | File)[]>>;

export function readFormInput(body: Body): FormInput {
  const values: Record<string, FieldValue> = Object.create(null);
  const files: Record<string, File> = Object.create(null);
  const fileLists: Record<string, File[]> = Object.create(null);
  for (const [name, given] of Object.entries(body)) {
    const list = Array.isArray(given) ? given : [given];
    const texts = list.filter((item) => typeof item === 'string').map(cleanText);
    const sent = list.filter((item) => typeof item !== 'string').filter(({ size }) => size > 0);
    const [file] = sent;
    if (file !== undefined) files[name] = file;
    if (sent.length > 0) fileLists[name] = sent;
    if (texts.length > 0) values[name] = texts.length === 1 ? (texts[0] ?? '') : texts;
  }
  const { _action, _key, ...rest } = values;
  return {
    values: rest,
    files,
    fileLists,
    action: typeof _action === 'string' ? _action : 'default',
    key: typeof _key === 'string' ? parseId<'submission'>(_key) : undefined,
  };
}

/** A translator of the messages that schemas carry as keys. */
export type TranslateError = (key: string, facts?: Readonly<Record<string, string | number>>) => string;

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly form: FormState };

/** Reads the posted values with a schema whose messages are keys; the first error of each field is kept. */
export function parseForm<Schema extends z.ZodType>(
  schema: Schema,
  input: FormInput,
  translate: TranslateError,
): Parsed<z.output<Schema>> {
  const result = schema.safeParse(input.values);
  if (result.success) return { ok: true, value: result.data };
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? '');
    errors[field] ??= translate(issue.message, factsOf(issue));
  }
  return { ok: false, form: { values: input.values, errors } };
}

/** The same page again with one sentence on the whole form, or beside one field. */
export function formError(input: FormInput, sentence: string, field?: string): FormState {
  return field === undefined
    ? { values: input.values, errors: {}, summary: sentence }
    : { values: input.values, errors: { [field]: sentence } };
}

function cleanText(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/gu, '\n');
}

function factsOf(issue: z.core.$ZodIssue): Record<string, string | number> {
  const facts: Record<string, string | number> = {};
  if ('minimum' in issue) facts['minimum'] = Number(issue.minimum);
  if ('maximum' in issue) facts['maximum'] = Number(issue.maximum);
  return facts;
}
