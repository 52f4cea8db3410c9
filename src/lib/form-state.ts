/**
 * A form between a page and its fields: what somebody typed, and what to correct.
 * Must always hold: what was typed comes back unchanged; an error is a sentence in the reader's language.
 */
export type FieldValue = string | readonly string[];

/** How a form comes back to its page after a refusal. */
export interface FormState {
  readonly values: Readonly<Record<string, FieldValue>>;
  /** One sentence beside each field. */
  readonly errors: Readonly<Record<string, string>>;
  /** One sentence on the whole form, above its fields. */
  readonly summary?: string;
}

/** A form that nobody has sent yet. */
export const EMPTY_FORM: FormState = { values: {}, errors: {} };

/** The single text of a field, empty when absent. */
export function textOf(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

/** All texts of a field that may be repeated. */
export function textsOf(value: FieldValue | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
