/** How a form comes back to its page after a refusal: what was typed, and one sentence per field. */
export type FieldValue = string | readonly string[];

export interface FormState {
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly errors: Readonly<Record<string, string>>;
  readonly summary?: string;
}

/** What every field has in common. Texts are already translated. */
export interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** One sentence before the field. */
  readonly help?: string | undefined;
  /** One sentence beside the field, after a refusal. */
  readonly error?: string | undefined;
  readonly value?: FieldValue | undefined;
  /** Fields are required unless said otherwise: those that are not say « facultatif ». */
  readonly optional?: boolean | undefined;
  readonly width?: 'short' | 'medium' | 'full' | undefined;
}

/**
 * Reads one form for its fields: `const field = fieldsOf(form)`, then `<TextField {...field('title', need.title)} …/>`.
 * What was typed wins over what is known.
 */
export function fieldsOf(form: FormState) {
  return (name: string, known?: FieldValue | number | bigint) => ({
    name,
    value: form.values[name] ?? (typeof known === 'number' || typeof known === 'bigint' ? String(known) : known),
    error: form.errors[name],
  });
}

/** The single text of a value, empty when there is none. */
export function textOf(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

/** All the texts of a value that may be repeated. */
export function textsOf(value: FieldValue | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** The id of a field's input, to which the list of errors links. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll(/[^\w-]/g, '-')}`;
}
