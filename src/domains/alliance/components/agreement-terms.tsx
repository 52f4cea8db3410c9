/** What an agreement says: payments, help in kind, counterparts; in a draft, each line can be taken away. */
import { Button } from '../../../ui/components/button.tsx';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { Form } from '../../../ui/components/form.tsx';
import { Meter } from '../../../ui/components/meter.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import type { Commitment } from '../agreement.ts';
import { counterpartMeter } from '../in-kind.ts';
import type { Agreement } from '../agreement-queries.server.ts';
import type { InstalmentLine } from '../instalment-queries.server.ts';
import { allianceWords, StandingTag } from './words.tsx';

interface TermsProps {
  readonly visit: TerritoryVisit;
  readonly agreement: Agreement;
  /** Whether lines may be taken away. */
  readonly isOpen: boolean;
}

export function InstalmentTable({ visit, isOpen, lines }: TermsProps & { lines: readonly InstalmentLine[] }) {
  const words = allianceWords(visit);
  const { t, write, money } = words;
  const standing = lines.filter(({ state }) => state !== 'withdrawn');
  const sum = (of: (line: InstalmentLine) => bigint) => standing.reduce((total, line) => total + of(line), 0n);
  const acts: Column<InstalmentLine> = {
    key: 'acts',
    title: t('column.acts'),
    hideTitle: true,
    cell: ({ id, dueOn }) => (
      <Removal visit={visit} name="removeInstalment" hidden={{ instalment: id }} what={write.date(dueOn)} />
    ),
  };
  return (
    <DataTable<InstalmentLine>
      caption={t('agreement.instalmentsCaption')}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      empty={<p class="soft">{t('agreement.noInstalments')}</p>}
      columns={[
        {
          key: 'due',
          title: t('column.dueOn'),
          heading: true,
          cell: ({ id, dueOn, condition }) => (
            <>
              {isOpen ? write.date(dueOn) : <a href={words.instalmentHref(id)}>{write.date(dueOn)}</a>}
              {condition === '' ? null : <div class="small soft">{condition}</div>}
            </>
          ),
          total: t('total'),
        },
        { key: 'year', title: t('column.year'), numeric: true, cell: ({ year }) => String(year) },
        {
          key: 'amount',
          title: t('column.amount'),
          numeric: true,
          cell: ({ amountCents }) => money(amountCents),
          total: money(sum(({ amountCents }) => amountCents)),
        },
        {
          key: 'paid',
          title: t('column.paid'),
          numeric: true,
          cell: ({ paidCents }) => money(paidCents),
          total: money(sum(({ paidCents }) => paidCents)),
        },
        {
          key: 'standing',
          title: t('column.standing'),
          cell: (line) => <StandingTag instalment={line} visit={visit} />,
        },
        ...(isOpen ? [acts] : []),
      ]}
    />
  );
}

export function CommitmentTable({ visit, isOpen, lines }: TermsProps & { lines: readonly Commitment[] }) {
  const { t, promised } = allianceWords(visit);
  const acts: Column<Commitment> = {
    key: 'acts',
    title: t('column.acts'),
    hideTitle: true,
    cell: ({ year, family }) => (
      <Removal
        visit={visit}
        name="removeCommitment"
        hidden={{ year: String(year), family }}
        what={`${t(`family.${family}`)} ${year}`}
      />
    ),
  };
  return (
    <DataTable<Commitment>
      caption={t('agreement.commitmentsCaption')}
      hideCaption
      rows={lines}
      rowKey={({ year, family }) => `${year} ${family}`}
      empty={<p class="soft">{t('agreement.noCommitments')}</p>}
      columns={[
        { key: 'year', title: t('column.year'), heading: true, cell: ({ year }) => String(year) },
        { key: 'family', title: t('column.family'), cell: ({ family }) => t(`family.${family}`) },
        {
          key: 'amount',
          title: t('column.amount'),
          numeric: true,
          cell: ({ family, amount }) => promised(family, amount),
        },
        ...(isOpen ? [acts] : []),
      ]}
    />
  );
}

/** What a partner gets back, and how much of it a gift allows (IK-04). */
export function Counterparts({ visit, agreement }: Omit<TermsProps, 'isOpen'>) {
  const { t, money } = allianceWords(visit);
  if (agreement.counterparts === '' && agreement.counterpartsCents === 0n) return null;
  const meter = counterpartMeter(agreement.cents, agreement.counterpartsCents, visit.today);
  const isWithin = meter.reading === 'gift';
  return (
    <Section title={t('agreement.counterparts')}>
      <p class="measure">{agreement.counterparts}</p>
      <Meter
        label={t('agreement.meter')}
        value={Number(meter.usedCents)}
        max={Number(meter.mostCents)}
        text={t('agreement.meterText', { value: money(meter.usedCents), limit: money(meter.mostCents) })}
        tone={isWithin ? 'green' : 'terracotta'}
        note={t('agreement.meterNote')}
      />
      {isWithin ? null : <Notice tone="warn">{t('agreement.meterOver')}</Notice>}
    </Section>
  );
}

function Removal({
  visit,
  name,
  hidden,
  what,
}: {
  visit: TerritoryVisit;
  name: string;
  hidden: Readonly<Record<string, string>>;
  what: string;
}) {
  const { t } = allianceWords(visit);
  return (
    <Form inline name={name} hidden={hidden} idempotencyKey={formKey(visit)}>
      <Button type="submit" tone="plain" small aria-label={t('act.removeOf', { what })}>
        {t('act.remove')}
      </Button>
    </Form>
  );
}
