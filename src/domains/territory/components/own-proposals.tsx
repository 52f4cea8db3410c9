/** What waits for the team of the facts of an organisation, as those who keep its page see it there. */
import { formatDateTime } from '../../../i18n/format.ts';
import { Notice } from '../../../ui/components/notice.tsx';
import type { Change } from '../change-queries.server.ts';
import { factsText } from '../messages.ts';
import type { Theme } from '../organisation.ts';
import type { TerritoryVisit } from '../visit.ts';
import { FactDifferences } from './fact-differences.tsx';

interface ProposalsProps {
  readonly changes: readonly Change[];
  readonly themes: readonly Theme[];
  readonly visit: TerritoryVisit;
}

export function OwnProposals({ changes, themes, visit }: ProposalsProps) {
  const t = factsText(visit.locale);
  if (changes.length === 0) return null;
  return (
    <Notice tone="info">
      <p>{t('own.waiting', { n: changes.length })}</p>
      {changes.map((change) => (
        <>
          <p class="small soft">
            {t('waiting.by', {
              name: change.authorName ?? t('change.nobody'),
              when: formatDateTime(visit.locale, change.at, visit.territory.zone, { year: true }),
            })}
          </p>
          <FactDifferences {...{ change, themes, visit }} />
        </>
      ))}
    </Notice>
  );
}
