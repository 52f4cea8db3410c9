/** Beside which field of a form a refusal of the writer is told. */
import type { Refused } from '../../lib/result.ts';

export function refusedField({ reason, facts }: Refused<string>): string | undefined {
  if (reason === 'siren-taken') return 'siren';
  if (reason === 'unknown-theme') return 'themes';
  return typeof facts?.['field'] === 'string' ? facts['field'] : undefined;
}
