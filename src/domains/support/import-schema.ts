/** What the screen of an import may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { parseId, type OrganisationId } from '../../lib/ids.ts';
import { oneOf, text, wholeNumber } from '../../platform/web/fields.ts';
import { type FieldValue, textOf } from '../../lib/form-state.ts';
import { PARTS } from '../territory/organisation.ts';
import { FIELD_SPECS, fieldsOf, type Mapping, type Subject } from './file-fields.ts';
import type { ImportSettings } from './row-reading.ts';
import { MAX_NEED_QUANTITY, VISIBILITIES } from './need.ts';
import { MAX_CAPACITY } from './offer.ts';

const ticked = z.preprocess((value) => value === 'yes', z.boolean());

export function importForm(subject: Subject) {
  return z
    .object({
      source: text({ maximum: 80 }),
      kind: z
        .string()
        .regex(/^[a-z0-9-]{0,60}$/u, { error: 'choose-one' })
        .default(''),
      units: wholeNumber({ minimum: 1, maximum: subject === 'needs' ? MAX_NEED_QUANTITY : MAX_CAPACITY }),
      visibility: oneOf(VISIBILITIES),
      organisation: z
        .string()
        .default('')
        .transform((value): OrganisationId | null => parseId<'organisation'>(value) ?? null),
      createsOrganisations: ticked,
      part: oneOf(PARTS),
      createsThemes: ticked,
    })
    .transform((form): ImportSettings => ({ ...form, kind: form.kind === '' ? null : form.kind }));
}

/** The name of the n-th select of a field, from 1. */
export function columnField(field: string, place: number): string {
  return `map.${field}.${place}`;
}

/** The columns chosen on the screen; a column that the file does not have is left out. */
export function mappingIn(
  values: Readonly<Record<string, FieldValue>>,
  subject: Subject,
  columns: readonly string[],
): Mapping {
  const chosen = fieldsOf(subject).map((field) => {
    const places = Array.from({ length: FIELD_SPECS[field].columns ?? 1 }, (_, place) =>
      textOf(values[columnField(field, place + 1)]),
    );
    return [field, [...new Set(places)].filter((name) => columns.includes(name))] as const;
  });
  return Object.fromEntries(chosen.filter(([, names]) => names.length > 0));
}
