/** One sentence for each reason and remark on a row of a file, in both languages. */
import { formatDate } from '../../i18n/format.ts';
import type { Locale } from '../../i18n/locale.ts';
import type { RowNote } from './row-reading.ts';
import { supportText } from './messages.ts';

export function noteSentence(locale: Locale, { code, facts }: Pick<RowNote, 'code' | 'facts'>): string {
  const shown = Object.entries(facts).map(
    ([name, value]) =>
      [
        name,
        ['date', 'from', 'to'].includes(name) ? formatDate(locale, Temporal.PlainDate.from(String(value))) : value,
      ] as const,
  );
  return supportText(locale)(`note.${code}`, Object.fromEntries(shown));
}
