/** By when a need wants to be served, and whether that day has passed. */
import { formatDate } from '../../../i18n/format.ts';
import { Tag } from '../../../ui/components/tag.tsx';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { MatchingText } from '../messages.ts';

interface DeadlineTagProps {
  readonly day: Temporal.PlainDate;
  readonly urgent: boolean;
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
}

export function DeadlineTag({ day, urgent, visit, t }: DeadlineTagProps) {
  const isLate = Temporal.PlainDate.compare(day, visit.today) < 0;
  const date = formatDate(visit.locale, day, { year: day.year !== visit.today.year });
  return <Tag tone={isLate || urgent ? 'warn' : 'neutral'}>{t(isLate ? 'late' : 'neededBy', { date })}</Tag>;
}
