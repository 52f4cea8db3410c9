/** What is one unit of this offer worth, and is it State aid? For the team, the funders and whoever brings it. */
import { parseId } from '../../../lib/ids.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { formatter } from '../../../i18n/format.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { RateForm, RateTable } from '../components/rate-pieces.tsx';
import { supportText } from '../messages.ts';
import { aidPerUnit, rateOn } from '../offer-rate.ts';
import { offerById, type WholeOffer } from '../offer-queries.server.ts';
import { mayRateOffers, mayReadRates } from '../policy.ts';
import { rateOffer } from '../rate-commands.server.ts';
import { ratesOf, type OfferRateLine } from '../rate-queries.server.ts';
import { rateForm } from '../schema.ts';
import { offerRatesTwin } from '../twin-schema.ts';

interface Data {
  readonly offer: WholeOffer;
  /** As they were recorded. */
  readonly rates: readonly OfferRateLine[];
}

export const offerRatePage = territoryPage<Data>({
  path: '/:territory/apports/:offer/valeur',
  twin: { areas: ['support', 'ledger'], response: offerRatesTwin, bodies: { default: rateForm } },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const id = parseId<'offer'>(visit.params['offer'] ?? '');
    const offer = id && (await offerById(tx, visit.principal, id));
    if (offer === undefined || !mayReadRates(visit.principal, offer)) return NOT_FOUND;
    return { offer, rates: await ratesOf(tx, offer.id) };
  },

  actions: {
    async default(visit, input, tx) {
      if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
      const id = parseId<'offer'>(visit.params['offer'] ?? '');
      if (id === undefined || !mayRateOffers(visit.principal)) return { kind: 'not-found' };
      const parsed = parseForm(rateForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const t = supportText(visit.locale);
      const { cost, market, paid, share, ...given } = parsed.value;
      const amounts = { costCents: cost, marketCents: market, paidCents: paid, publicSharePerMillion: share };
      const rated = await rateOffer(tx, visit.principal, { offerId: id, ...given, ...amounts }, visit);
      if (!rated.ok && rated.reason === 'paid-above-market')
        return invalid(formError(input, t('refused.paid-above-market'), 'paid'));
      if (!rated.ok) return { kind: 'not-found' };
      const day = formatter(visit.locale, visit.territory.zone).date(given.validFrom);
      return doneAt(pathIn(visit, 'apports', id, 'valeur'), t('rate.done', { day }));
    },
  },

  view({ offer, rates }, visit, form) {
    const t = supportText(visit.locale);
    const title = t('rate.title');
    return {
      title: `${title} · ${offer.title}`,
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('offers.title'), href: pathIn(visit, 'apports') },
              { label: offer.title, href: pathIn(visit, 'apports', offer.id) },
              { label: title },
            ]}
            title={headingOf(offer, rates, visit)}
            lead={t('rate.lead')}
          />
          <RateTable rates={rates} visit={visit} />
          {mayRateOffers(visit.principal) ? (
            <RateForm latest={rateOn(rates, visit.today)} visit={visit} form={form} />
          ) : null}
        </>
      ),
    };
  },
});

function headingOf(offer: WholeOffer, rates: readonly OfferRateLine[], visit: TerritoryVisit): string {
  const t = supportText(visit.locale);
  const unit = t(`rate.unit.${offer.unit}`);
  const rate = rateOn(rates, visit.today);
  if (rate === undefined) return t('rate.headingNone', { unit });
  const cents = aidPerUnit(rate);
  if (cents === 0n) return t('rate.headingNoAid', { unit });
  const { money } = formatter(visit.locale, visit.territory.zone);
  return t('rate.heading', { unit, value: money(cents, { round: true }) });
}
