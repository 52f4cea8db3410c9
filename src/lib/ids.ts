/**
 * Identifiers: UUID version 7 (RFC 9562, section 5.7), made by the application and branded per entity,
 * so that the id of a need cannot be passed where the id of an offer is wanted.
 *
 * Must always hold: 48 bits of Unix milliseconds, version 7, variant 10, 74 random bits; text in lower case.
 * The clock and the randomness are arguments: the same arguments give the same id.
 */
declare const entity: unique symbol;
export type Id<Entity extends string> = string & { readonly [entity]: Entity };
export type TerritoryId = Id<'territory'>;
export type PersonId = Id<'person'>;
export type OrganisationId = Id<'organisation'>;

/** Fills the given bytes with randomness: `crypto.getRandomValues` in production, a seeded source in tests. */
export type FillRandom = (bytes: Uint8Array<ArrayBuffer>) => void;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const TEXT_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function newId<Entity extends string>(now: Temporal.Instant, fillRandom: FillRandom = systemRandom): Id<Entity> {
  const bytes = new Uint8Array(16);
  fillRandom(bytes);
  let milliseconds = now.epochMilliseconds;
  for (let index = 5; index >= 0; index--) {
    bytes[index] = milliseconds % 256;
    milliseconds = Math.floor(milliseconds / 256);
  }
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  let hex = '';
  for (const byte of bytes) hex += HEX[byte];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Entity>;
}

/** The id written in `text` (any case), or undefined when it is not a UUID. */
export function parseId<Entity extends string>(text: string): Id<Entity> | undefined {
  const lower = text.toLowerCase();
  return TEXT_FORM.test(lower) ? (lower as Id<Entity>) : undefined;
}

/** The id written in `text`; throws when it is not one: for values that only a bug could spoil. */
export function ensureId<Entity extends string>(text: string): Id<Entity> {
  const id = parseId<Entity>(text);
  if (id === undefined) throw new Error(`Not an identifier: ${JSON.stringify(text.slice(0, 60))}`);
  return id;
}

function systemRandom(bytes: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(bytes);
}
