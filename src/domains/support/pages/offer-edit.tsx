/** What has changed in this offer? For its organisation and the team. */
import { parseId } from '../../../lib/ids.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { OfferForm } from '../components/offer-form.tsx';
import { refusedForm } from '../form-refusal.server.ts';
import { supportText } from '../messages.ts';
import { editOffer } from '../offer-commands.server.ts';
import { offerById, type WholeOffer } from '../offer-queries.server.ts';
import { mayEdit } from '../policy.ts';
import { offerForm } from '../schema.ts';
import { formChoices, type FormChoices } from '../stated-queries.server.ts';
import { DOCUMENTED_DAY } from '../twin-schema.ts';

interface Data {
  readonly offer: WholeOffer;
  readonly choices: FormChoices;
}

export const offerEditPage = territoryPage<Data>({
  path: '/:territory/apports/:offer/modifier',
  twin: { areas: ['support'], bodies: { default: offerForm(DOCUMENTED_DAY) } },

  async load(visit, tx) {
    const id = parseId<'offer'>(visit.params['offer'] ?? '');
    const offer = id && (await offerById(tx, visit.principal, id));
    if (offer === undefined) return visit.principal.kind === 'anonymous' ? SIGN_IN : NOT_FOUND;
    if (!mayEdit(visit.principal, offer)) return SIGN_IN;
    return { offer, choices: await formChoices(tx, visit.principal, 'offers', visit.today) };
  },

  actions: {
    async default(visit, input, tx) {
      if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
      const id = parseId<'offer'>(visit.params['offer'] ?? '');
      const offer = id && (await offerById(tx, visit.principal, id));
      if (offer === undefined || !mayEdit(visit.principal, offer)) return { kind: 'not-found' };
      const parsed = parseForm(offerForm(visit.today), input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const edited = await editOffer(tx, visit.principal, offer.id, parsed.value, visit);
      if (!edited.ok) return invalid(refusedForm(visit.locale, input, edited, 'capacity'));
      return doneAt(pathIn(visit, 'apports', offer.id), supportText(visit.locale)('done.offer-edited'));
    },
  },

  view({ offer, choices }, visit, form) {
    const t = supportText(visit.locale);
    const list = pathIn(visit, 'apports');
    const back = pathIn(visit, 'apports', offer.id);
    return {
      title: t('form.editOffer'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('offers.title'), href: list },
              { label: offer.title, href: back },
            ]}
            title={t('form.editOffer')}
            lead={offer.organisationName}
          />
          {offer.state === 'withdrawn' && form.summary === undefined ? (
            <Notice tone="warn">{t('refused.withdrawn')}</Notice>
          ) : null}
          <OfferForm visit={visit} form={form} choices={choices} offer={offer} cancelHref={back} />
        </>
      ),
    };
  },
});
