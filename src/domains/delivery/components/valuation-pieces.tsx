/** One entry in kind: its four readings with the rules they follow, its earlier valuations, and the form that values it. */
import type { FormState } from '../../../lib/form-state.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Meter } from '../../../ui/components/meter.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { counterpartMeter, RECEIVER_KINDS } from '../../alliance/in-kind.ts';
import { erdfObstacle, readingsOf, type PastValuation, type Valuation } from '../../alliance/valuation.ts';
import { WorthFields } from '../../support/components/rate-pieces.tsx';
import { supportText } from '../../support/messages.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import type { GiftAgreement } from '../valuation-screen.server.ts';
import type { ValuedBooking } from '../valued-queries.server.ts';
import { deliveryWords } from './words.tsx';

interface ReadingsProps {
  readonly valuation: Valuation;
  readonly agreement: GiftAgreement | undefined;
  readonly visit: TerritoryVisit;
}

export function FourReadings({ valuation, agreement, visit }: ReadingsProps) {
  const { t, write } = deliveryWords(visit);
  const money = (cents: bigint) => write.money(cents, { round: true });
  const { accounts, sponsorshipCents, erdfCents, aidCents } = readingsOf(valuation);
  const obstacle = erdfObstacle(valuation);
  const receiver = valuation.receiver === 'general-interest-body' ? 'general' : valuation.receiver;
  const rows = [
    { key: 'accounts', cents: accounts.uses86Cents, why: t('worth.why.accounts') },
    { key: 'sponsorship', cents: sponsorshipCents, why: t('worth.why.sponsorship', { receiver }) },
    { key: 'erdf', cents: erdfCents, why: t(`worth.why.erdf.${obstacle ?? 'none'}`) },
    { key: 'aid', cents: aidCents, why: t('worth.why.aid', aidFacts(valuation, money, write.percent)) },
  ] as const;
  return (
    <Section title={t('worth.four')}>
      <DataTable<(typeof rows)[number]>
        caption={t('worth.four')}
        hideCaption
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { key: 'reading', title: t('worth.reading'), heading: true, cell: ({ key }) => t(`worth.${key}`) },
          { key: 'cents', title: t('account.amount'), numeric: true, cell: ({ cents }) => money(cents) },
          { key: 'why', title: t('worth.why'), kind: 'why', cell: ({ why }) => why },
        ]}
      />
      {agreement === undefined ? null : (
        <GiftMeter agreement={agreement} sponsorshipCents={sponsorshipCents} valuation={valuation} visit={visit} />
      )}
    </Section>
  );
}

/** IK-04: what the giver's agreement promises back, against a quarter of what it gives with this gift. */
function GiftMeter({
  agreement,
  sponsorshipCents,
  valuation: { valuedOn },
  visit,
}: ReadingsProps & { agreement: GiftAgreement; sponsorshipCents: bigint }) {
  const { t, write } = deliveryWords(visit);
  if (sponsorshipCents === 0n) return null;
  const money = (cents: bigint) => write.money(cents, { round: true });
  const gift = agreement.cents + sponsorshipCents;
  const meter = counterpartMeter(gift, agreement.counterpartsCents, valuedOn);
  return (
    <Meter
      label={t('worth.meter')}
      value={Number(meter.usedCents)}
      max={Number(meter.mostCents)}
      text={t('worth.meterText', { used: money(meter.usedCents), most: money(meter.mostCents) })}
      tone={meter.reading === 'gift' ? 'green' : 'terracotta'}
      note={t(`worth.meter.${meter.reading}`, { agreement: agreement.title })}
    />
  );
}

export function PastValuations({ valuations, visit }: { valuations: readonly PastValuation[]; visit: TerritoryVisit }) {
  const { t, write } = deliveryWords(visit);
  const rate = supportText(visit.locale);
  const money = (cents: bigint) => write.money(cents, { round: true });
  return (
    <Section title={t('worth.past', { n: valuations.length })}>
      <DataTable<PastValuation>
        caption={t('worth.pastCaption')}
        hideCaption
        rows={valuations}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('worth.pastNone')}>{t('worth.pastNoneBody')}</EmptyState>}
        columns={[
          {
            key: 'day',
            title: t('worth.valuedOn'),
            heading: true,
            cell: ({ id, valuedOn }) => (
              <>
                {write.date(valuedOn)} {id === valuations[0]?.id ? t('worth.counts') : t('worth.replaced')}
              </>
            ),
          },
          { key: 'method', title: rate('rate.method'), cell: ({ method }) => rate(`rate.method.${method}`) },
          { key: 'cost', title: rate('rate.cost'), numeric: true, cell: ({ valueCents }) => money(valueCents) },
          { key: 'market', title: rate('rate.market'), numeric: true, cell: ({ marketCents }) => money(marketCents) },
          { key: 'paid', title: rate('rate.paid'), numeric: true, cell: ({ paidCents }) => money(paidCents) },
          { key: 'evidence', title: rate('rate.evidence'), kind: 'why', cell: ({ evidence }) => evidence },
          { key: 'by', title: rate('rate.by'), cell: ({ by }) => by ?? '' },
        ]}
      />
    </Section>
  );
}

interface ValuationFormProps {
  readonly booking: ValuedBooking;
  readonly suggested: Valuation | undefined;
  readonly visit: TerritoryVisit;
  readonly form: FormState;
}

export function ValuationForm({ booking, suggested, visit, form }: ValuationFormProps) {
  const { t, write } = deliveryWords(visit);
  const field = fieldsOf(form);
  const known = booking.valuation ?? suggested;
  const receivers = RECEIVER_KINDS.map((value) => ({ value, label: t(`worth.receiver.${value}`) }));
  const from = booking.valuation === null ? booking.occurredOn : visit.today;
  const isSuggested = booking.valuation === null && suggested !== undefined;
  return (
    <Section
      title={booking.valuation === null ? t('worth.new') : t('worth.again')}
      lead={isSuggested ? t('worth.suggested') : t('worth.newLead')}
    >
      <Form form={form} idempotencyKey={formKey(visit)}>
        <DateField {...field('valuedOn', write.date(from))} label={t('worth.valuedOn')} />
        <Select
          {...field('receiver', known?.receiver ?? booking.receiverKind)}
          label={t('worth.who')}
          help={t('worth.whoHelp')}
          options={receivers}
          blank={false}
        />
        <WorthFields
          known={known === undefined ? undefined : { ...known, costCents: known.valueCents }}
          field={field}
          visit={visit}
        />
        <SubmitButton>{t('worth.send')}</SubmitButton>
      </Form>
    </Section>
  );
}

function aidFacts(
  { marketCents, paidCents, publicSharePerMillion, receiver }: Valuation,
  money: (cents: bigint) => string,
  percent: (share: number) => string,
) {
  return {
    receiver,
    market: money(marketCents),
    paid: money(paidCents),
    share: percent(Number(publicSharePerMillion) / 1e6),
  };
}
