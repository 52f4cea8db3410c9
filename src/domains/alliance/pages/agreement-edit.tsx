/** What does this draft say? For the team, until it is signed. */
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { editAct } from '../agreement-acts.server.ts';
import { formChoices, type Agreement, type FormChoices } from '../agreement-queries.server.ts';
import { AgreementForm } from '../components/agreement-form.tsx';
import { allianceText } from '../messages.ts';
import { mayKeepAgreements } from '../policy.ts';
import { visibleAgreement } from '../visible.server.ts';

interface Data {
  readonly agreement: Agreement;
  readonly choices: FormChoices;
}

export const agreementEditPage = territoryPage<Data>({
  path: '/:territory/conventions/:agreement/modifier',

  async load(visit, tx) {
    const agreement = await visibleAgreement(visit, tx);
    if (agreement?.state !== 'draft' || !mayKeepAgreements(visit.principal)) return NOT_FOUND;
    return { agreement, choices: await formChoices(tx) };
  },

  actions: { default: editAct },

  view({ agreement, choices }, visit, form) {
    const t = allianceText(visit.locale);
    const back = pathIn(visit, 'conventions', agreement.id);
    return {
      title: t('edit.title'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('list.title'), href: pathIn(visit, 'conventions') },
              { label: agreement.title, href: back },
            ]}
            title={t('edit.title')}
          />
          <AgreementForm visit={visit} form={form} choices={choices} agreement={agreement} cancelHref={back} />
        </>
      ),
    };
  },
});
