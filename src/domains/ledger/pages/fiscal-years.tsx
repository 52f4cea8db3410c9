/** Which years are open, which are closed, and where is the accounting file? For whoever sees the books. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, download, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { FiscalYearTable, KeeperForm, NewYearForm } from '../components/fiscal-years.tsx';
import { bookWords } from '../components/words.ts';
import { fecFileName, fecLines } from '../fec.ts';
import { bookKeeper, cashEntries, openingBalances, type Keeper } from '../fec-queries.server.ts';
import type { FiscalYear } from '../fiscal-year.ts';
import { bookText } from '../messages.ts';
import { mayCloseYears, maySeeBooks } from '../policy.ts';
import { keeperForm, newYearForm, yearForm } from '../schema.ts';
import { fiscalYearsTwin } from '../twin-schema.ts';
import {
  chooseKeeper,
  closeFiscalYear,
  fiscalYears,
  keeperChoices,
  openFiscalYear,
  type KeeperChoice,
} from '../year-commands.server.ts';

interface Data {
  readonly years: readonly FiscalYear[];
  readonly keeper: Keeper | undefined;
  readonly choices: readonly KeeperChoice[];
}

export const fiscalYearsPage = territoryPage<Data>({
  path: '/:territory/comptes/exercices',
  twin: {
    areas: ['ledger'],
    response: fiscalYearsTwin,
    bodies: { open: newYearForm, close: yearForm, keeper: keeperForm },
  },

  async load(visit, tx) {
    if (!maySeeBooks(visit.principal)) return SIGN_IN;
    const years = await fiscalYears(tx);
    const keeper = await bookKeeper(tx);
    const code = visit.url.searchParams.get('fec');
    if (code !== null) {
      const year = years.find((each) => each.code === code);
      if (year === undefined || keeper?.siren === undefined || keeper.siren === null) return NOT_FOUND;
      const openings = await openingBalances(tx, year);
      const entries = cashEntries(tx, year, visit.territory.zone);
      const lines = await Array.fromAsync(fecLines({ startsOn: year.startsOn, openings, entries }));
      return download(lines.join(''), fecFileName(keeper.siren, year.endsOn), 'text/plain; charset=utf-8');
    }
    const choices = mayCloseYears(visit.principal) ? await keeperChoices(tx) : [];
    return { years, keeper, choices };
  },

  actions: {
    async open(visit, input, tx) {
      if (!mayCloseYears(visit.principal)) return { kind: 'not-found' };
      const parsed = parseForm(newYearForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const t = bookText(visit.locale);
      const opened = await openFiscalYear(tx, visit.principal, parsed.value);
      if (!opened.ok) return invalid(formError(input, t(`years.refused.${opened.reason}`, { ...opened.facts })));
      return doneAt(pathIn(visit, 'comptes', 'exercices'), t('years.opened', opened.value));
    },
    async close(visit, input, tx) {
      if (!mayCloseYears(visit.principal)) return { kind: 'not-found' };
      const parsed = parseForm(yearForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const t = bookText(visit.locale);
      const { code } = parsed.value;
      const closed = await closeFiscalYear(tx, visit.principal, { code, today: visit.today }, visit);
      if (!closed.ok) return invalid(formError(input, t(`years.refused.${closed.reason}`, { ...closed.facts })));
      return doneAt(pathIn(visit, 'comptes', 'exercices'), t('years.closed', { code }));
    },
    async keeper(visit, input, tx) {
      if (!mayCloseYears(visit.principal)) return { kind: 'not-found' };
      const parsed = parseForm(keeperForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const chosen = await chooseKeeper(tx, visit.principal, parsed.value.organisation);
      if (!chosen.ok) return { kind: 'not-found' };
      return doneAt(pathIn(visit, 'comptes', 'exercices'), bookText(visit.locale)('years.keeperChosen'));
    },
  },

  view({ years, keeper, choices }, visit, form) {
    const words = bookWords(visit);
    const { t } = words;
    return {
      title: t('years.title'),
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('books.title'), href: pathIn(visit, 'comptes') }, { label: t('years.title') }]}
            title={t('years.heading', { n: years.length })}
            lead={t('years.lead')}
          />
          <ErrorSummary form={form} />
          <FiscalYearTable years={years} keeper={keeper} visit={visit} words={words} />
          {mayCloseYears(visit.principal) ? (
            <div class="columns section">
              <NewYearForm years={years} form={form} visit={visit} words={words} />
              <KeeperForm keeper={keeper} choices={choices} form={form} visit={visit} words={words} />
            </div>
          ) : null}
        </>
      ),
    };
  },
});
