/** Which agreement is being drafted? For the team. */
import { SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { draftAct } from '../agreement-acts.server.ts';
import { formChoices, type FormChoices } from '../agreement-queries.server.ts';
import { AgreementForm } from '../components/agreement-form.tsx';
import { allianceText } from '../messages.ts';
import { mayKeepAgreements } from '../policy.ts';

export const agreementNewPage = territoryPage<FormChoices>({
  path: '/:territory/conventions/nouvelle',

  async load(visit, tx) {
    return mayKeepAgreements(visit.principal) ? formChoices(tx) : SIGN_IN;
  },

  actions: { default: draftAct },

  view(choices, visit, form) {
    const t = allianceText(visit.locale);
    const back = pathIn(visit, 'conventions');
    return {
      title: t('list.new'),
      width: 'reading',
      body: (
        <>
          <PageHead breadcrumb={[{ label: t('list.title'), href: back }]} title={t('new.title')} lead={t('new.lead')} />
          <AgreementForm visit={visit} form={form} choices={choices} cancelHref={back} />
        </>
      ),
    };
  },
});
