/** Who received State aid, how full is each window, what must be filed by when? For the team and the funders. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Tabs } from '../../../ui/components/tabs.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { mayDecideAid, maySeeAllAid } from '../aid-policy.ts';
import { listAid, listUndertakings, type AidLine, type UndertakingLine } from '../aid-queries.server.ts';
import { readAidView, type AidView } from '../aid-schema.ts';
import { aidWords } from '../components/aid-words.ts';
import { registerCsv, registerLines, RegisterTable } from '../components/register-table.tsx';
import { UndertakingTable } from '../components/undertaking-table.tsx';

interface Data {
  readonly view: AidView;
  readonly undertakings: readonly UndertakingLine[];
  readonly register: readonly AidLine[];
}

export const aidPage = territoryPage<Data>({
  path: '/:territory/aides',

  async load(visit, tx) {
    if (!maySeeAllAid(visit.principal)) return SIGN_IN;
    const query = visit.url.searchParams;
    const register = registerLines(await listAid(tx, { origin: 'decided' }));
    if (query.get('format') === 'csv')
      return download(registerCsv(register, aidWords(visit)), 'registre-aides.csv', CSV_TYPE);
    const view = readAidView(query);
    return { view, register, undertakings: view === 'entreprises' ? await listUndertakings(tx, visit.today) : [] };
  },

  view({ view, undertakings, register }, visit) {
    const words = aidWords(visit);
    const { t } = words;
    const path = pathIn(visit, 'aides');
    const waiting = register.filter(({ filedOn }) => filedOn === null).length;
    return {
      title: t('aid.title'),
      width: 'wide',
      body: (
        <>
          <PageHead
            title={view === 'registre' ? t('register.heading', { n: waiting }) : t('aid.heading')}
            lead={view === 'registre' ? t('register.lead') : t('aid.lead')}
            actions={
              <>
                {view === 'registre' ? (
                  <ButtonLink tone="quiet" href={`${path}?format=csv`} download>
                    {t('register.csv')}
                  </ButtonLink>
                ) : null}
                {mayDecideAid(visit.principal) ? (
                  <ButtonLink href={`${path}/nouvelle`}>{t('grant.new')}</ButtonLink>
                ) : null}
              </>
            }
          />
          <Tabs
            label={t('aid.tabs')}
            tabs={[
              { label: t('tab.undertakings'), href: path, current: view === 'entreprises' },
              { label: t('tab.register'), href: `${path}?vue=registre`, current: view === 'registre', count: waiting },
              ...(mayDecideAid(visit.principal) ? [{ label: t('tab.ties'), href: `${path}/liens` }] : []),
            ]}
          />
          {view === 'registre' ? (
            <RegisterTable lines={register} today={visit.today} words={words} />
          ) : (
            <UndertakingTable lines={undertakings} words={words} />
          )}
        </>
      ),
    };
  },
});
