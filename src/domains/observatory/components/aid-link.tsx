/** The way to a startup's State aid, for whoever may see it. */
import { ButtonLink } from '../../../ui/components/button.tsx';
import { aidText } from '../../alliance/aid-messages.ts';
import { maySeeAidOf } from '../../alliance/aid-policy.ts';
import type { Organisation } from '../../territory/organisation.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';

export function AidLink({
  organisation: { id, slug, parts },
  visit,
}: {
  organisation: Pick<Organisation, 'id' | 'slug' | 'parts'>;
  visit: TerritoryVisit;
}) {
  if (!parts.includes('startup') || !maySeeAidOf(visit.principal, id)) return null;
  return (
    <ButtonLink tone="quiet" href={pathIn(visit, 'organisations', slug, 'aides')}>
      {aidText(visit.locale)('aid.title')}
    </ButtonLink>
  );
}
