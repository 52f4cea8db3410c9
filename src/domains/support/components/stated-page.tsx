/** What the pages of a need and of an offer share: acts, proposals, history. */
import { formatter } from '../../../i18n/format.ts';
import type { SupportUnit } from '../../../lib/quantity.ts';
import type { FormState } from '../../../lib/form-state.ts';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag, type TagTone } from '../../../ui/components/tag.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { supportText, type SupportKey } from '../messages.ts';
import type { Proposal, StatedHistory } from '../stated-queries.server.ts';
import { amount } from './words.tsx';

/** A button that acts at once: what it does can be undone on the same page. */
export function ActButton({
  visit,
  name,
  version,
  label,
}: {
  visit: TerritoryVisit;
  name: string;
  version: number;
  label: string;
}) {
  return (
    <Form name={name} idempotencyKey={formKey(visit)} hidden={{ version: String(version) }} inline>
      <SubmitButton tone="quiet">{label}</SubmitButton>
    </Form>
  );
}

/** Why the last press of a button did nothing. */
export function ActRefusal({ form }: { form: FormState }) {
  return form.summary === undefined ? null : <ErrorSummary form={form} />;
}

const MATCH_TONES: Readonly<Record<Proposal['state'], TagTone>> = {
  proposed: 'warn',
  accepted: 'good',
  declined: 'neutral',
  withdrawn: 'neutral',
};

export function Proposals({
  visit,
  proposals,
  subject,
  unit,
  isOpen,
}: {
  visit: TerritoryVisit;
  proposals: readonly Proposal[];
  subject: 'need' | 'offer';
  unit: SupportUnit;
  isOpen: boolean;
}) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  if (proposals.length === 0 && !isOpen) return null;
  return (
    <Section title={t(`proposals.${subject}`)}>
      <DataTable<Proposal>
        caption={t('proposals.caption')}
        hideCaption
        rows={proposals}
        rowKey={({ id }) => id}
        empty={<p class="soft">{t('proposals.none')}</p>}
        columns={[
          {
            key: 'with',
            title: t('proposals.with'),
            heading: true,
            cell: ({ id, organisationName }) => <a href={pathIn(visit, 'mises-en-relation', id)}>{organisationName}</a>,
          },
          {
            key: 'title',
            title: t(subject === 'need' ? 'column.offer' : 'column.need'),
            cell: ({ otherTitle }) => otherTitle,
          },
          { key: 'amount', title: t('proposals.amount'), cell: ({ quantity }) => amount(t, unit, quantity) },
          { key: 'on', title: t('proposals.on'), cell: ({ createdAt }) => write.dayOf(createdAt) },
          {
            key: 'state',
            title: t('proposals.state'),
            cell: ({ state }) => <Tag tone={MATCH_TONES[state]}>{t(`match.${state}`)}</Tag>,
          },
        ]}
      />
    </Section>
  );
}

export function History({
  visit,
  lines,
  loaded,
}: {
  visit: TerritoryVisit;
  lines: StatedHistory;
  loaded: Temporal.Instant | null;
}) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const moments = lines.flatMap((line) => {
    const key = `event.${line.kind}`;
    if (!isEventKey(key)) return [];
    const detail = line.personName === null ? undefined : t('history.by', { name: line.personName });
    return [{ when: write.dateTime(line.at, { year: true }), dateTime: line.at.toString(), title: t(key), detail }];
  });
  if (loaded !== null)
    moments.push({
      when: write.dateTime(loaded, { year: true }),
      dateTime: loaded.toString(),
      title: t('event.loaded'),
      detail: undefined,
    });
  if (moments.length === 0) return null;
  return (
    <More summary={t('history')}>
      <Timeline moments={moments} />
    </More>
  );
}

const EVENT_KEYS: readonly SupportKey[] = [
  'event.need-stated',
  'event.need-edited',
  'event.need-withdrawn',
  'event.need-reopened',
  'event.need-met',
  'event.offer-stated',
  'event.offer-edited',
  'event.offer-paused',
  'event.offer-resumed',
  'event.offer-withdrawn',
  'event.offer-reopened',
  'event.offer-rated',
];

function isEventKey(key: string): key is 'event.need-stated' {
  return (EVENT_KEYS as readonly string[]).includes(key);
}
