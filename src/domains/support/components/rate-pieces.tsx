/** What units of an offer are worth, day by day, and the form that records another worth. */
import type { FormState } from '../../../lib/form-state.ts';
import { formatter } from '../../../i18n/format.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { VALUATION_METHODS } from '../../alliance/valuation.ts';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import { supportText } from '../messages.ts';
import { aidPerUnit, type OfferRate } from '../offer-rate.ts';
import type { OfferRateLine } from '../rate-queries.server.ts';

export function RateTable({ rates, visit }: { rates: readonly OfferRateLine[]; visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const money = (cents: bigint) => write.money(cents, { round: true });
  return (
    <DataTable<OfferRateLine>
      caption={t('rate.caption')}
      hideCaption
      rows={rates.toReversed().toSorted((a, b) => Temporal.PlainDate.compare(b.validFrom, a.validFrom))}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('rate.empty')}>{t('rate.emptyBody')}</EmptyState>}
      columns={[
        { key: 'from', title: t('rate.from'), heading: true, cell: ({ validFrom }) => write.date(validFrom) },
        { key: 'method', title: t('rate.method'), cell: ({ method }) => t(`rate.method.${method}`) },
        { key: 'cost', title: t('rate.cost'), numeric: true, cell: ({ costCents }) => money(costCents) },
        { key: 'market', title: t('rate.market'), numeric: true, cell: ({ marketCents }) => money(marketCents) },
        { key: 'paid', title: t('rate.paid'), numeric: true, cell: ({ paidCents }) => money(paidCents) },
        {
          key: 'share',
          title: t('rate.share'),
          numeric: true,
          cell: ({ publicSharePerMillion }) => write.percent(Number(publicSharePerMillion) / 1e6, { digits: 2 }),
        },
        {
          key: 'aid',
          title: t('rate.aid'),
          numeric: true,
          cell: (rate) => (aidPerUnit(rate) === 0n ? t('rate.noAid') : money(aidPerUnit(rate))),
        },
        { key: 'evidence', title: t('rate.evidence'), kind: 'why', cell: ({ evidence }) => evidence },
        { key: 'by', title: t('rate.by'), cell: ({ by }) => by ?? '' },
      ]}
    />
  );
}

interface RateFormProps {
  /** What the fields start from. */
  readonly latest: OfferRate | undefined;
  readonly visit: TerritoryVisit;
  readonly form: FormState;
}

export function RateForm({ latest, visit, form }: RateFormProps) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const field = fieldsOf(form);
  return (
    <Section title={t('rate.new')} lead={t('rate.newLead')}>
      <Form form={form} idempotencyKey={formKey(visit)}>
        <DateField {...field('validFrom', write.date(visit.today))} label={t('rate.from')} />
        <WorthFields known={latest} field={field} visit={visit} />
        <SubmitButton>{t('rate.send')}</SubmitButton>
      </Form>
    </Section>
  );
}

interface WorthFieldsProps {
  readonly known: (Omit<OfferRate, 'validFrom' | 'evidence'> & { readonly evidence?: string }) | undefined;
  readonly field: ReturnType<typeof fieldsOf>;
  readonly visit: TerritoryVisit;
}

/** What something is worth, and how that is known: of a unit of an offer, or of an entry of the books. */
export function WorthFields({ known, field, visit }: WorthFieldsProps) {
  const t = supportText(visit.locale);
  const { money } = formatter(visit.locale, visit.territory.zone);
  const euros = (cents: bigint | undefined) => (cents === undefined ? '' : money(cents, { round: true }));
  const share = known === undefined ? '' : String(Number(known.publicSharePerMillion) / 10_000);
  const methods = VALUATION_METHODS.map((value) => ({ value, label: t(`rate.method.${value}`) }));
  return (
    <>
      <Select {...field('method', known?.method)} label={t('rate.method')} options={methods} />
      <NumberField
        {...field('cost', euros(known?.costCents))}
        label={t('rate.cost')}
        help={t('rate.costHelp')}
        width="medium"
        decimal
      />
      <NumberField
        {...field('market', euros(known?.marketCents))}
        label={t('rate.market')}
        help={t('rate.marketHelp')}
        width="medium"
        decimal
      />
      <NumberField
        {...field('paid', euros(known?.paidCents))}
        label={t('rate.paid')}
        help={t('rate.paidHelp')}
        width="medium"
        decimal
      />
      <NumberField {...field('share', share)} label={t('rate.share')} help={t('rate.shareHelp')} unit="%" decimal />
      <TextArea
        {...field('evidence', known?.evidence)}
        label={t('rate.evidence')}
        help={t('rate.evidenceHelp')}
        rows={2}
        maxlength={1000}
      />
    </>
  );
}
