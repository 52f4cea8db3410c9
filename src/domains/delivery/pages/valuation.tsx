/** What is this help worth, in whose accounts? For the team, the funders and both sides. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { mayDecideAid } from '../../alliance/aid-policy.ts';
import { maySeeBooks } from '../../ledger/policy.ts';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { FourReadings, PastValuations, ValuationForm } from '../components/valuation-pieces.tsx';
import { deliveryWords } from '../components/words.tsx';
import { valuationForm } from '../schema.ts';
import { valuationTwin } from '../twin-schema.ts';
import { valuationScreen, valueFromForm, visibleBooking, type ValuationScreen } from '../valuation-screen.server.ts';

export const valuationPage = territoryPage<ValuationScreen>({
  path: '/:territory/comptes/en-nature/:entry',
  twin: { areas: ['ledger'], response: valuationTwin, bodies: { default: valuationForm } },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    return (await valuationScreen(visit, tx)) ?? NOT_FOUND;
  },

  actions: {
    async default(visit, input, tx) {
      if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
      const booking = await visibleBooking(visit, tx);
      if (booking === undefined || !mayDecideAid(visit.principal)) return { kind: 'not-found' };
      const parsed = parseForm(valuationForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const { t } = deliveryWords(visit);
      const valued = await valueFromForm(visit, tx, booking, parsed.value);
      if (valued.ok) return doneAt(pathIn(visit, 'comptes', 'en-nature', booking.entryId), t('worth.done'));
      if (valued.reason === 'paid-above-market' || valued.reason === 'day-not-in-table')
        return invalid(formError(input, t(`worth.refused.${valued.reason}`), FIELD_OF[valued.reason]));
      return { kind: 'not-found' };
    },
  },

  view({ booking, valuations, suggested, agreement }, visit, form) {
    const { t, write, amount } = deliveryWords(visit);
    const { giverName: giver, receiverName: receiver, valuation } = booking;
    const list = { label: t('worth.title'), href: pathIn(visit, 'comptes', 'en-nature') };
    const facts = {
      giver,
      receiver,
      amount: amount(booking.unit, booking.amount),
      day: write.date(booking.occurredOn),
    };
    const title =
      valuation === null
        ? t('worth.one.none', facts)
        : t('worth.one', { ...facts, value: write.money(valuation.valueCents, { round: true }) });
    return {
      title: t('worth.between', facts),
      body: (
        <>
          <PageHead
            breadcrumb={[...(maySeeBooks(visit.principal) ? [list] : []), { label: t('worth.between', facts) }]}
            title={title}
            lead={t('worth.one.lead', facts)}
          />
          {valuation === null ? null : <FourReadings valuation={valuation} agreement={agreement} visit={visit} />}
          <PastValuations valuations={valuations} visit={visit} />
          {mayDecideAid(visit.principal) ? (
            <ValuationForm booking={booking} suggested={suggested} visit={visit} form={form} />
          ) : null}
        </>
      ),
    };
  },
});

const FIELD_OF = { 'paid-above-market': 'paid', 'day-not-in-table': 'valuedOn' } as const;
