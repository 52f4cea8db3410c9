/**
 * IBAN: how the bank names an account (ISO 13616).
 * Must always hold: what is kept has no spaces, capital letters, and check digits that hold (remainder 1 by 97).
 */
const FORM = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/u;

/** The IBAN written in `text`, spaces and small letters allowed; undefined when it is none. */
export function parseIban(text: string): string | undefined {
  const bare = text.replace(/[\s\u00a0\u202f]/gu, '').toUpperCase();
  return FORM.test(bare) && remainderOf(bare) === 1 ? bare : undefined;
}

/** In groups of four, as banks print it. */
export function writeIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/gu, '$1\u00a0');
}

/** The IBAN of a national account number, with its check digits. */
export function ibanOf(country: string, account: string): string {
  const check = 98 - remainderOf(`${country}00${account}`);
  return `${country}${String(check).padStart(2, '0')}${account}`;
}

function remainderOf(iban: string): number {
  let remainder = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
