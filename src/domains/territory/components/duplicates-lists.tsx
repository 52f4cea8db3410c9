/** The lists of the page of doubles: pairs to look at, merges to take back, pairs said to be different. */
import { formatDateTime } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import type { Compared, LikelyPair, NamedPair, OrganisationMerge } from '../duplicate-queries.server.ts';
import { factsText, mergingText } from '../messages.ts';
import { formKey, pathIn, type TerritoryVisit } from '../visit.ts';

interface PairsProps {
  readonly visit: TerritoryVisit;
  readonly pairs: readonly LikelyPair[];
  readonly total: number;
}

export function LikelyPairs({ visit, pairs, total }: PairsProps) {
  const t = mergingText(visit.locale);
  return (
    <>
      {total > pairs.length ? <p class="soft">{t('shown', { shown: pairs.length, n: total })}</p> : null}
      <DataTable
        caption={t('count', { n: total })}
        rows={pairs}
        rowKey={({ first, second }) => `${first.id}-${second.id}`}
        columns={[
          {
            key: 'pair',
            title: t('title'),
            heading: true,
            cell: (pair) => (
              <>
                <Known one={pair.first} visit={visit} />
                <br />
                <Known one={pair.second} visit={visit} />
              </>
            ),
          },
          { key: 'why', title: t('why'), cell: (pair) => <Reasons pair={pair} visit={visit} /> },
          { key: 'act', title: t('acts'), hideTitle: true, cell: (pair) => <PairActs pair={pair} visit={visit} /> },
        ]}
      />
    </>
  );
}

function Known({ one, visit }: { one: Compared; visit: TerritoryVisit }) {
  const host = one.website === null ? null : (URL.parse(one.website)?.hostname ?? null);
  const more = [one.siren, one.commune, host].filter((each) => each !== null);
  return (
    <>
      <a href={pathIn(visit, 'organisations', one.slug)}>{one.name}</a>
      {more.length > 0 ? <span class="small soft"> {more.join(' · ')}</span> : null}
    </>
  );
}

function Reasons({ pair, visit }: { pair: LikelyPair; visit: TerritoryVisit }) {
  const t = mergingText(visit.locale);
  return (
    <Tags>
      {pair.reasons.map((reason) => (
        <Tag tone={reason === 'siren' ? 'warn' : 'neutral'}>{t(`reason.${reason}`)}</Tag>
      ))}
    </Tags>
  );
}

function PairActs({ pair: { first, second }, visit }: { pair: LikelyPair; visit: TerritoryVisit }) {
  const t = mergingText(visit.locale);
  const pair = <span class="hidden"> {t('pair', { first: first.name, second: second.name })}</span>;
  return (
    <div class="row">
      <ButtonLink
        small
        tone="quiet"
        href={`${pathIn(visit, 'organisations', first.slug, 'fusionner')}?avec=${second.slug}`}
      >
        {t('compare')}
        {pair}
      </ButtonLink>
      <Form name="different" hidden={{ first: first.id, second: second.id }} idempotencyKey={formKey(visit)} inline>
        <SubmitButton tone="plain" small>
          {t('different')}
          {pair}
        </SubmitButton>
      </Form>
    </div>
  );
}

export function Merges({ visit, merges }: { visit: TerritoryVisit; merges: readonly OrganisationMerge[] }) {
  const t = mergingText(visit.locale);
  if (merges.length === 0) return null;
  return (
    <Section title={t('mergedTitle')}>
      {merges.map(({ id, gone, kept, keptSlug, at, by }) => (
        <Form name="unmerge" hidden={{ merge: id }} idempotencyKey={formKey(visit)} inline>
          <a href={pathIn(visit, 'organisations', keptSlug)}>
            {t('mergedPair', {
              gone,
              kept,
              when: formatDateTime(visit.locale, at, visit.territory.zone, { year: true }),
              by: by ?? factsText(visit.locale)('change.nobody'),
            })}
          </a>
          <SubmitButton tone="quiet" small>
            {t('unmerge')}
            <span class="hidden"> {gone}</span>
          </SubmitButton>
        </Form>
      ))}
    </Section>
  );
}

export function DifferentPairs({ visit, pairs }: { visit: TerritoryVisit; pairs: readonly NamedPair[] }) {
  const t = mergingText(visit.locale);
  if (pairs.length === 0) return null;
  return (
    <Section title={t('differentTitle')}>
      {pairs.map(({ firstId, secondId, first, second }) => (
        <Form name="forget" hidden={{ first: firstId, second: secondId }} idempotencyKey={formKey(visit)} inline>
          <span>{t('pair', { first, second })}</span>
          <SubmitButton tone="quiet" small>
            {t('forget')}
            <span class="hidden"> {t('pair', { first, second })}</span>
          </SubmitButton>
        </Form>
      ))}
    </Section>
  );
}
