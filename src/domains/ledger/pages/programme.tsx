/** What did this programme receive, spend and deliver, year by year? For the team and the funders. */
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { programmeName, YearTable } from '../components/programmes.tsx';
import { bookWords } from '../components/words.ts';
import { maySeeBooks } from '../policy.ts';
import { programmeLines, sumOfYears, type ProgrammeLine } from '../programme-queries.server.ts';
import { programmeTwin } from '../twin-schema.ts';

interface Data {
  readonly programme: ProgrammeLine;
}

export const programmePage = territoryPage<Data>({
  path: '/:territory/comptes/programmes/:programme',
  twin: { areas: ['ledger'], response: programmeTwin },

  async load(visit, tx) {
    if (!maySeeBooks(visit.principal)) return SIGN_IN;
    const programme = (await programmeLines(tx)).find(({ code }) => code === visit.params['programme']);
    return programme === undefined ? NOT_FOUND : { programme };
  },

  view({ programme }, visit) {
    const words = bookWords(visit);
    const { t } = words;
    const { incomeCents, spentCents, awaitedCents } = sumOfYears(programme.years);
    const euros = (cents: bigint) => words.amount('eur-cent', cents);
    const name = programmeName(programme, visit);
    const books = pathIn(visit, 'comptes');
    const ledger = `${books}/grand-livre?programme=${programme.code}`;
    return {
      title: name,
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('books.title'), href: books },
              { label: t('programmes.title'), href: `${books}/programmes` },
              { label: name },
            ]}
            title={t('programme.heading', {
              name,
              received: euros(incomeCents - awaitedCents),
              spent: euros(spentCents),
            })}
            lead={t('programme.lead')}
          />
          <Figures>
            <Figure label={t('programme.income')} value={euros(incomeCents)} href={`${ledger}&unite=eur-cent`} />
            <Figure label={t('programme.awaited')} value={euros(awaitedCents)} />
            <Figure label={t('programme.spent')} value={euros(spentCents)} href={`${ledger}&unite=eur-cent`} />
            <Figure label={t('programme.left')} value={euros(incomeCents - spentCents)} />
          </Figures>
          <YearTable programme={programme} visit={visit} words={words} />
        </>
      ),
    };
  },
});
