/** Where the facts of an organisation come from: one line for each writing that still holds. */
import { formatDateTime } from '../../../i18n/format.ts';
import { More } from '../../../ui/components/more.tsx';
import type { Change } from '../change-queries.server.ts';
import type { FactName } from '../facts.ts';
import { factsText } from '../messages.ts';
import { provenanceIn } from '../provenance.ts';
import type { TerritoryVisit } from '../visit.ts';
import { factLabel } from './fact-differences.tsx';

export function FactSources({ changes, visit }: { changes: readonly Change[]; visit: TerritoryVisit }) {
  const t = factsText(visit.locale);
  const byChange = new Map<Change, FactName[]>();
  for (const [name, change] of provenanceIn(changes)) byChange.set(change, [...(byChange.get(change) ?? []), name]);
  if (byChange.size === 0) return null;
  return (
    <More summary={t('sources.title')}>
      <ul>
        {[...byChange].map(([change, names]) => (
          <li>
            {t('sources.line', {
              names: names.map((name) => factLabel(name, visit)).join(', '),
              source: t(`source.${change.source}`),
              when: formatDateTime(visit.locale, change.at, visit.territory.zone, { year: true }),
            })}
          </li>
        ))}
      </ul>
    </More>
  );
}
