/** What a round limits beside what is asked and offered: set by the team while it is open, read by the committee. */
import { formatter } from '../../../i18n/format.ts';
import type { FormState } from '../../../lib/form-state.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { Bound } from '../headroom-bound.ts';
import type { MatchingText } from '../messages.ts';
import { runsRounds } from '../policy.ts';
import type { LightPool } from '../pool.ts';
import { takesTries, type Round } from '../round.ts';

interface RoundLimitsProps {
  readonly round: Round;
  readonly pool: LightPool;
  readonly bound: readonly Bound[];
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
  readonly form: FormState;
}

export function RoundLimits({ round, pool, bound, visit, t, form }: RoundLimitsProps) {
  const isSet = runsRounds(visit.principal) && takesTries(round.state);
  const counts = pool.offers.some(({ valueCents = 0 }) => valueCents > 0);
  const limited = counts ? pool.organisations.filter(({ headroomCents }) => headroomCents !== undefined).length : 0;
  if (!isSet && round.mostPartners === null && limited + bound.length === 0) return null;
  return (
    <Section id="limites" title={t('limits.title')} lead={isSet ? t('limits.lead') : undefined}>
      {isSet ? (
        <Form name="limit" form={form} idempotencyKey={formKey(visit)}>
          <NumberField
            {...fieldsOf(form)('mostPartners', round.mostPartners === null ? '' : String(round.mostPartners))}
            label={t('limits.mostPartners')}
            help={t('limits.mostPartnersHelp')}
            optional
          />
          <SubmitButton tone="quiet">{t('limits.save')}</SubmitButton>
        </Form>
      ) : round.mostPartners === null ? null : (
        <p>{t('limits.partners', { n: round.mostPartners })}</p>
      )}
      {limited > 0 ? <p>{t('limits.headroom', { n: limited })}</p> : null}
      {bound.length > 0 ? <BoundTable bound={bound} visit={visit} t={t} /> : null}
    </Section>
  );
}

/** Where what State aid leaves stood in the way of the plan. */
function BoundTable({ bound, visit, t }: Pick<RoundLimitsProps, 'bound' | 'visit' | 't'>) {
  const { money } = formatter(visit.locale, visit.territory.zone);
  const euros = (cents: number) => money(BigInt(cents), { round: true });
  return (
    <DataTable<Bound>
      caption={t('limits.bound', { n: bound.length })}
      rows={bound}
      rowKey={({ organisation }) => organisation.id}
      columns={[
        {
          key: 'who',
          title: t('limits.bound.who'),
          heading: true,
          cell: ({ organisation: { name, slug } }) => <a href={pathIn(visit, 'organisations', slug)}>{name}</a>,
        },
        { key: 'room', title: t('limits.bound.room'), numeric: true, cell: ({ roomCents }) => euros(roomCents) },
        { key: 'left', title: t('limits.bound.left'), numeric: true, cell: ({ leftCents }) => euros(leftCents) },
        { key: 'needs', title: t('limits.bound.needs'), numeric: true, cell: ({ needs }) => needs },
      ]}
    />
  );
}
