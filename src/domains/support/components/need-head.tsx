/** The head of a need's page: who asks for what, its marks, what a reader may do, where it stands. */
import type { ComponentChildren } from 'preact';
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { isTeam } from '../../territory/principal.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { kindLabel, type SupportKind } from '../kind.ts';
import { supportText } from '../messages.ts';
import type { WholeNeed } from '../need-queries.server.ts';
import { mayEdit } from '../policy.ts';
import { ActButton } from './stated-page.tsx';
import { amount, StateTag, UrgencyTag } from './words.tsx';

interface NeedHeadProps {
  readonly need: WholeNeed;
  readonly visit: TerritoryVisit;
}

export function NeedLead({ need, visit }: NeedHeadProps) {
  const t = supportText(visit.locale);
  const by = need.neededBy === null ? 'none' : formatter(visit.locale, visit.territory.zone).date(need.neededBy);
  const organisation = (inside: ComponentChildren) => (
    <a href={pathIn(visit, 'organisations', need.organisationSlug)}>{inside}</a>
  );
  return (
    <>
      {t.rich<ComponentChildren>('need.lead', {
        name: need.organisationName,
        amount: amount(t, need.unit, need.quantity),
        by,
        organisation,
      })}
    </>
  );
}

export function NeedMarks({ need, kinds, visit }: NeedHeadProps & { kinds: readonly SupportKind[] }) {
  const t = supportText(visit.locale);
  const kind = kinds.find(({ code }) => code === need.kindCode);
  return (
    <>
      <StateTag state={need.state} t={t} />
      {kind === undefined ? null : <Tag>{kindLabel(visit.locale, kind)}</Tag>}
      <UrgencyTag urgency={need.urgency} t={t} />
    </>
  );
}

export function NeedActs({ need, visit }: NeedHeadProps) {
  const t = supportText(visit.locale);
  if (!mayEdit(visit.principal, need)) return null;
  if (need.state !== 'open')
    return <ActButton visit={visit} name="reopen" version={need.version} label={t('act.reopen')} />;
  return (
    <>
      <ActButton visit={visit} name="withdraw" version={need.version} label={t('act.withdraw')} />
      {isTeam(visit.principal) ? (
        <ButtonLink tone="quiet" href={`${pathIn(visit, 'mises-en-relation', 'nouvelle')}?besoin=${need.id}`}>
          {t('introduce')}
        </ButtonLink>
      ) : null}
      <ButtonLink href={pathIn(visit, 'besoins', need.id, 'modifier')}>{t('act.edit')}</ButtonLink>
    </>
  );
}

/** Where the need stands, in a sentence, when there is something to say or to do. */
export function NeedStanding({ need, openOffers, visit }: NeedHeadProps & { openOffers: number }) {
  const t = supportText(visit.locale);
  if (need.state === 'withdrawn') return <Notice tone="plain">{t('need.isWithdrawn')}</Notice>;
  if (need.state === 'met') return <Notice>{t('need.isMet')}</Notice>;
  const isLate = need.neededBy !== null && Temporal.PlainDate.compare(need.neededBy, visit.today) < 0;
  if (isLate && mayEdit(visit.principal, need)) return <Notice tone="warn">{t('need.datePassed')}</Notice>;
  return (
    <p class="soft">
      {t('need.offersOpen', { n: openOffers })}{' '}
      {openOffers > 0 ? (
        <a href={`${pathIn(visit, 'apports')}?nature=${need.kindCode}`}>{t('need.offersLink')}</a>
      ) : null}
    </p>
  );
}
