/** Who committed to what? Agreements, for the team, the funders, and each organisation its own. */
import { SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { addressWith, pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { AGREEMENT_KINDS, AGREEMENT_STATES, isToRenew } from '../agreement.ts';
import { listAgreements, type AgreementFilter, type AgreementLine } from '../agreement-queries.server.ts';
import { MoneyTabs } from '../components/money-tabs.tsx';
import { allianceWords, StateTag } from '../components/words.tsx';
import { mayKeepAgreements, maySeeMoney } from '../policy.ts';

interface Data {
  readonly filter: AgreementFilter;
  readonly lines: readonly AgreementLine[];
}

export const agreementsPage = territoryPage<Data>({
  path: '/:territory/conventions',

  async load(visit, tx) {
    const { principal } = visit;
    const isOwn = principal.kind === 'person' && principal.memberships.size > 0;
    if (!maySeeMoney(principal) && !isOwn) return SIGN_IN;
    const query = visit.url.searchParams;
    const kind = AGREEMENT_KINDS.find((each) => each === query.get('avec'));
    const state = AGREEMENT_STATES.find((each) => each === query.get('etat'));
    const filter: AgreementFilter = {
      withDrafts: mayKeepAgreements(principal),
      ...(kind === undefined ? {} : { kind }),
      ...(state === undefined ? {} : { state }),
      ...(maySeeMoney(principal) || principal.kind !== 'person'
        ? {}
        : { organisationIds: [...principal.memberships.keys()] }),
    };
    return { filter, lines: await listAgreements(tx, filter) };
  },

  view({ filter, lines }, visit) {
    const { t } = allianceWords(visit);
    const create = <ButtonLink href={`${pathIn(visit, 'conventions')}/nouvelle`}>{t('list.new')}</ButtonLink>;
    return {
      title: t('list.title'),
      body: (
        <>
          <PageHead
            title={t('list.heading', { n: lines.length })}
            lead={filter.organisationIds === undefined ? t('list.lead') : t('list.ownLead')}
            actions={mayKeepAgreements(visit.principal) ? create : null}
          />
          <MoneyTabs visit={visit} current="conventions" />
          {mayKeepAgreements(visit.principal) ? <ToRenew visit={visit} lines={lines} /> : null}
          {filter.organisationIds === undefined ? <Filters visit={visit} filter={filter} /> : null}
          <AgreementTable visit={visit} lines={lines} />
        </>
      ),
    };
  },
});

/** Reminders whose day has come, of agreements still in force. */
function ToRenew({ visit, lines }: { visit: TerritoryVisit; lines: readonly AgreementLine[] }) {
  const { t, write } = allianceWords(visit);
  const due = lines.filter((line) => isToRenew(line, visit.today));
  if (due.length === 0) return null;
  return (
    <Notice tone="info" title={t('list.renew', { n: due.length })}>
      {t('list.renewBody', { names: write.list(due.map(({ organisationName }) => organisationName)) })}
    </Notice>
  );
}

function Filters({ visit, filter }: { visit: TerritoryVisit; filter: AgreementFilter }) {
  const { t } = allianceWords(visit);
  const active = [
    ...(filter.kind === undefined ? [] : [{ label: t(`kind.${filter.kind}`), href: addressWith(visit, { avec: '' }) }]),
    ...(filter.state === undefined
      ? []
      : [{ label: t(`state.${filter.state}`), href: addressWith(visit, { etat: '' }) }]),
  ];
  return (
    <FilterBar
      action={pathIn(visit, 'conventions')}
      label={t('filter')}
      selects={[
        {
          name: 'avec',
          label: t('filter.kind'),
          any: t('filter.allKinds'),
          value: filter.kind,
          options: AGREEMENT_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        },
        {
          name: 'etat',
          label: t('filter.state'),
          any: t('filter.allStates'),
          value: filter.state,
          options: AGREEMENT_STATES.map((state) => ({ value: state, label: t(`state.${state}`) })),
        },
      ]}
      active={active}
      clearHref={pathIn(visit, 'conventions')}
    />
  );
}

function AgreementTable({ visit, lines }: { visit: TerritoryVisit; lines: readonly AgreementLine[] }) {
  const words = allianceWords(visit);
  const { t, write } = words;
  return (
    <DataTable<AgreementLine>
      caption={t('list.caption')}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('list.empty')}>{t('list.emptyBody')}</EmptyState>}
      columns={[
        {
          key: 'organisation',
          title: t('column.organisation'),
          heading: true,
          cell: ({ id, organisationName }) => <a href={words.agreementHref(id)}>{organisationName}</a>,
        },
        { key: 'reference', title: t('column.agreement'), cell: ({ reference, title }) => reference || title },
        { key: 'kind', title: t('column.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
        {
          key: 'period',
          title: t('column.period'),
          cell: ({ startsOn, endsOn }) => `${write.shortDate(startsOn)} – ${write.shortDate(endsOn)}`,
        },
        { key: 'state', title: t('column.state'), cell: (line) => <StateTag agreement={line} visit={visit} /> },
        { key: 'cents', title: t('column.cents'), numeric: true, cell: ({ cents }) => words.money(cents) },
      ]}
    />
  );
}
