/** What the team does with the directory: add to it, answer what waits, tidy it. */
import { ButtonLink } from '../../../ui/components/button.tsx';
import { directoryText, factsText, mergingText } from '../messages.ts';
import { mayApproveFacts, mayCreateOrganisation, mayTidyDirectory } from '../policy.ts';
import { pathIn, type TerritoryVisit } from '../visit.ts';

export function TeamLinks({ visit }: { visit: TerritoryVisit }) {
  const t = factsText(visit.locale);
  return (
    <>
      {mayApproveFacts(visit.principal) ? (
        <ButtonLink tone="quiet" href={pathIn(visit, 'a-approuver')}>
          {t('waiting.title')}
        </ButtonLink>
      ) : null}
      {mayTidyDirectory(visit.principal) ? (
        <>
          <ButtonLink tone="quiet" href={pathIn(visit, 'doublons')}>
            {mergingText(visit.locale)('link')}
          </ButtonLink>
          <ButtonLink tone="quiet" href={pathIn(visit, 'themes')}>
            {t('themes.link')}
          </ButtonLink>
        </>
      ) : null}
      {mayCreateOrganisation(visit.principal) ? (
        <>
          <ButtonLink tone="quiet" href={pathIn(visit, 'imports')}>
            {directoryText(visit.locale)('import')}
          </ButtonLink>
          <ButtonLink href={pathIn(visit, 'organisations', 'nouvelle')}>
            {directoryText(visit.locale)('new')}
          </ButtonLink>
        </>
      ) : null}
    </>
  );
}
