/**
 * The numbers by which the French register knows a firm and its establishments.
 *
 * Must always hold (rule ID-01): a SIREN is nine digits whose Luhn sum is a multiple of ten; a SIRET is fourteen,
 * its first nine the SIREN of the firm, and passes Luhn too, except at La Poste, whose establishments pass when their
 * digits add up to a multiple of five. Numbers are texts: a leading zero stays.
 */
const LA_POSTE = '356000000';

/** The digits of a number as people write it: spaces, dots and hyphens are left out, anything else stays. */
export function withoutSpaces(number: string): string {
  return number.replace(/[\s\u00a0\u2009\u202f.\-\u2011]/gu, '');
}

export function isSiren(digits: string): boolean {
  return /^\d{9}$/u.test(digits) && luhnSum(digits) % 10 === 0;
}

export function isSiret(digits: string): boolean {
  if (!/^\d{14}$/u.test(digits) || !isSiren(sirenOf(digits))) return false;
  if (luhnSum(digits) % 10 === 0) return true;
  const isOfLaPoste = sirenOf(digits) === LA_POSTE;
  return isOfLaPoste && [...digits].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0;
}

/** The firm of an establishment. */
export function sirenOf(siret: string): string {
  return siret.slice(0, 9);
}

function luhnSum(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}
