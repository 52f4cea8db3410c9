/** Firms, links and grants for tests of the pure rules of State aid: what a test does not say is plain and lawful. */
import type { CountedGrant } from '../../src/domains/alliance/aid.ts';
import type { Firm, FirmId, FirmLink } from '../../src/domains/alliance/undertaking.ts';

export const dayOf = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
export const firmId = (place: number): FirmId => `00000000-0000-7000-8005-${String(place).padStart(12, '0')}` as FirmId;

export function firm(place: number, given: Partial<Firm> = {}): Firm {
  return { id: firmId(place), kind: 'firm', memberState: 'FR', ...given };
}

export function votes(holder: number, held: number, votesPerMyriad: number, given: Partial<FirmLink> = {}): FirmLink {
  const sides = { holderId: firmId(holder), heldId: firmId(held) };
  return { ...sides, ground: 'votes', votesPerMyriad, since: dayOf('2000-01-01'), until: null, ...given };
}

let made = 0;

export function grant(day: string, euros: number, given: Partial<CountedGrant> = {}): CountedGrant {
  made += 1;
  const grantedOn = dayOf(day);
  return {
    id: `grant-${made}`,
    firmId: firmId(0),
    basis: grantedOn.year < 2024 ? 'de-minimis-2013' : 'de-minimis-2023',
    grantedOn,
    cents: BigInt(Math.round(euros * 100)),
    ...given,
  };
}
