/**
 * The life of an organisation beside its facts: its places, its phases, its ties with others, and who works there.
 *
 * Must always hold: a period does not end before it began; a tie names two organisations; what was removed is kept in
 * the history as it was, and can be put back.
 */
import type { Id, PersonId } from '../../lib/ids.ts';
import type { TieKind } from './organisation-profile.ts';

export const LIFE_KINDS = ['place', 'phase', 'tie', 'affiliation'] as const;
export type LifeKind = (typeof LIFE_KINDS)[number];
export type LifeId = Id<'life'>;

interface Dates {
  readonly since?: Temporal.PlainDate | undefined;
  readonly until?: Temporal.PlainDate | undefined;
}

/** What somebody states. */
export type LifeStatement =
  | (Dates & {
      readonly kind: 'place';
      readonly label: string;
      readonly address: string;
      readonly postalCode: string;
      readonly commune: string;
    })
  | (Dates & { readonly kind: 'phase'; readonly phase: string; readonly since: Temporal.PlainDate })
  /** `other` is named by its address, its SIREN or its name. */
  | (Dates & { readonly kind: 'tie'; readonly tie: TieKind; readonly other: string })
  | (Dates & {
      readonly kind: 'affiliation';
      readonly person: PersonId;
      readonly title: string;
      readonly isPublicContact: boolean;
    });

export type LifeRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'there-already'
  | 'end-before-start'
  | 'same-organisation'
  | 'other-unknown'
  | 'other-ambiguous';

export function endsBefore({ since, until }: Dates): boolean {
  return since !== undefined && until !== undefined && Temporal.PlainDate.compare(until, since) < 0;
}

/** How a person names another organisation: the last word of its address, a SIREN without its spaces, or a name. */
export function wordsOfOther(text: string): string {
  const trimmed = text.trim();
  const address = /^https?:\/\/[^?#]*\/([a-z0-9-]+)\/?(?:[?#].*)?$/u.exec(trimmed)?.[1];
  const digits = trimmed.replace(/[\s\u00a0\u202f]/gu, '');
  return address ?? (/^\d{9}$/u.test(digits) ? digits : trimmed);
}
