/** What the fields of a form share: their props, and how they read the form's state. */
import type { FieldValue, FormState } from '../lib/form-state.ts';

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

/** The id of a field's input, to which the list of errors links. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll(/[^\w-]/g, '-')}`;
}
