/** What the lists of needs and of offers share: filters, paging, what stands where nothing is. */
import type { ComponentChildren } from 'preact';
import { ButtonLink } from '../../../ui/components/button.tsx';
import type { Column } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { directoryText } from '../../territory/messages.ts';
import { PARTS, themeLabel, type Theme } from '../../territory/organisation.ts';
import { addressWith, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { ALL_STATES, isNarrowed, writeListCursor, type ListQuery } from '../address.ts';
import { kindLabel } from '../kind.ts';
import { supportText } from '../messages.ts';
import { mayStateAny } from '../policy.ts';
import type { Labels } from '../stated-queries.server.ts';

interface ListFrame {
  readonly visit: TerritoryVisit;
  readonly query: ListQuery;
  /** The word of the address, which also names the messages. */
  readonly subject: 'needs' | 'offers';
}

const WORDS = { needs: 'besoins', offers: 'apports' } as const;

export function StatedFilters({
  visit,
  query,
  subject,
  kinds,
  themes,
  states,
  organisationName,
}: ListFrame &
  Labels & {
    states: readonly ('open' | 'met' | 'closed' | 'paused' | 'withdrawn')[];
    organisationName: string | undefined;
  }) {
  const t = supportText(visit.locale);
  const part = directoryText(visit.locale);
  const { memberships } = visit.principal.kind === 'person' ? visit.principal : { memberships: new Map() };
  const stateOptions = [
    ...states.filter((state) => state !== 'open').map((state) => ({ value: state, label: t(`state.${state}`) })),
    { value: ALL_STATES, label: t('list.allStates') },
  ];
  return (
    <FilterBar
      action={pathIn(visit, WORDS[subject])}
      label={t('list.filter')}
      search={{ name: 'q', label: t('list.search'), value: query.words }}
      selects={[
        {
          name: 'nature',
          label: t('list.kind'),
          any: t('list.anyKind'),
          value: query.kind,
          options: kinds.map((kind) => ({ value: kind.code, label: kindLabel(visit.locale, kind) })),
        },
        {
          name: 'theme',
          label: t('list.theme'),
          value: query.theme,
          options: themes.map((theme) => ({ value: theme.code, label: themeLabel(visit.locale, theme) })),
        },
        {
          name: 'etat',
          label: t('list.state'),
          any: t('list.anyState'),
          value: query.state === 'open' ? '' : query.state,
          options: stateOptions,
        },
        {
          name: 'role',
          label: t('list.part'),
          value: query.part,
          options: PARTS.map((value) => ({ value, label: part(`part.${value}`) })),
        },
      ]}
      checks={memberships.size > 0 ? [{ name: 'moi', label: t('list.own'), checked: query.isOwn }] : []}
      kept={query.organisation === undefined ? {} : { organisation: query.organisation }}
      active={activeFilters({ visit, query, subject }, { kinds, themes }, organisationName)}
      clearHref={pathIn(visit, WORDS[subject])}
      exports={
        <a href={addressWith(visit, { format: 'csv', apres: '', avant: '' })} download data-no-prefetch>
          {t('list.export')}
        </a>
      }
    />
  );
}

export function StatedPager({
  visit,
  rows,
  total,
  hasBefore,
  hasAfter,
}: {
  visit: TerritoryVisit;
  rows: readonly { readonly createdAt: Temporal.Instant; readonly id: string }[];
  total: number;
  hasBefore: boolean;
  hasAfter: boolean;
}) {
  const t = supportText(visit.locale);
  const [first, last] = [rows[0], rows.at(-1)];
  return (
    <Pager
      previousHref={hasBefore && first ? addressWith(visit, { avant: writeListCursor(first), apres: '' }) : undefined}
      nextHref={hasAfter && last ? addressWith(visit, { apres: writeListCursor(last), avant: '' }) : undefined}
    >
      {t('list.shown', { shown: rows.length, of: total })}
    </Pager>
  );
}

/** Says what to do: widen the search, or be the first to write. */
export function NothingStated({ visit, query, subject }: ListFrame) {
  const t = supportText(visit.locale);
  const list = pathIn(visit, WORDS[subject]);
  if (query.isOwn && !isNarrowed({ ...query, isOwn: false })) {
    const actions = (
      <div class="row">
        <ButtonLink href={`${list}/nouveau`}>{t(`${subject}.new`)}</ButtonLink>
        <ButtonLink tone="quiet" href={`${list}?moi=1&etat=${ALL_STATES}`}>
          {t('list.ownAll')}
        </ButtonLink>
      </div>
    );
    return (
      <EmptyState title={t(`${subject}.own.title`)} action={actions}>
        {t(`${subject}.own.body`)}
      </EmptyState>
    );
  }
  if (isNarrowed(query)) {
    return (
      <EmptyState
        title={t(`${subject}.empty.title`)}
        action={
          <ButtonLink tone="quiet" href={list}>
            {t(`${subject}.empty.reset`)}
          </ButtonLink>
        }
      >
        {t(`${subject}.empty.body`)}
      </EmptyState>
    );
  }
  const mayState = mayStateAny(visit.principal);
  return (
    <EmptyState
      title={t(`${subject}.none.title`)}
      action={mayState ? <ButtonLink href={`${list}/nouveau`}>{t(`${subject}.new`)}</ButtonLink> : null}
    >
      {t(mayState ? `${subject}.none.body` : `${subject}.none.visitor`)}
    </EmptyState>
  );
}

interface StatedRow {
  readonly id: string;
  readonly title: string;
  readonly organisationSlug: string;
  readonly organisationName: string;
  readonly kindCode: string;
}

/** What, by whom, of which kind. */
export function firstColumns<Row extends StatedRow>(
  visit: TerritoryVisit,
  kinds: Labels['kinds'],
  subject: ListFrame['subject'],
): Column<Row>[] {
  const t = supportText(visit.locale);
  const kindOf = new Map(kinds.map((kind) => [kind.code, kindLabel(visit.locale, kind)]));
  return [
    {
      key: 'title',
      title: t(subject === 'needs' ? 'column.need' : 'column.offer'),
      heading: true,
      cell: ({ id, title }) => <a href={pathIn(visit, WORDS[subject], id)}>{title}</a>,
    },
    {
      key: 'organisation',
      title: t('column.organisation'),
      cell: ({ organisationSlug, organisationName }) => (
        <a href={pathIn(visit, 'organisations', organisationSlug)}>{organisationName}</a>
      ),
    },
    {
      key: 'kind',
      title: t('column.kind'),
      cell: ({ kindCode }) => (
        <Tags>
          <Tag>{kindOf.get(kindCode)}</Tag>
        </Tags>
      ),
    },
  ];
}

export function themeNames(visit: TerritoryVisit, themes: readonly Theme[]): ReadonlyMap<string, string> {
  return new Map(themes.map((theme) => [theme.code, themeLabel(visit.locale, theme)]));
}

function activeFilters(
  { visit, query }: ListFrame,
  { kinds, themes }: Labels,
  organisationName: string | undefined,
): { label: string; href: string }[] {
  const t = supportText(visit.locale);
  const part = directoryText(visit.locale);
  const kind = kinds.find(({ code }) => code === query.kind);
  const theme = themes.find(({ code }) => code === query.theme);
  const drop = (name: string) => addressWith(visit, { [name]: '', apres: '', avant: '' });
  const active: (readonly [name: string, label: ComponentChildren | undefined])[] = [
    ['q', query.words && t('list.words', { words: query.words })],
    ['nature', kind && kindLabel(visit.locale, kind)],
    ['theme', theme && themeLabel(visit.locale, theme)],
    [
      'etat',
      query.state === 'open'
        ? undefined
        : query.state === ALL_STATES
          ? t('list.allStates')
          : t(`state.${query.state as 'met'}`),
    ],
    ['role', query.part && part(`part.${query.part}`)],
    ['organisation', query.organisation && t('list.organisation', { name: organisationName ?? query.organisation })],
    ['moi', query.isOwn ? t('list.own') : undefined],
  ];
  return active.flatMap(([name, label]) =>
    typeof label === 'string' && label !== '' ? [{ label, href: drop(name) }] : [],
  );
}
