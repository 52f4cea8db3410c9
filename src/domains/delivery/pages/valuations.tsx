/** What is all that was given in kind worth, and what waits to be valued? For the team and the funders. */
import { doneAt, SIGN_IN } from '../../../platform/web/page.ts';
import { downloadTable, readTableFormat } from '../../../platform/web/table-download.ts';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { mayDecideAid } from '../../alliance/aid-policy.ts';
import { readDayCursor, writeDayCursor } from '../../ledger/cursor.ts';
import { maySeeBooks } from '../../ledger/policy.ts';
import { addressWith, formKey, listLinks, pathIn, territoryPage } from '../../territory/visit.ts';
import { AccountYears } from '../components/account-head.tsx';
import { valuedColumns } from '../components/valued-file.ts';
import { InKindAccounts, ReadingFigures, ValuedFilters, ValuedTable } from '../components/valued-tables.tsx';
import { deliveryWords } from '../components/words.tsx';
import { readAccountYear, readValued, valueAllForm } from '../schema.ts';
import { valuationsTwin } from '../twin-schema.ts';
import { valueByRates } from '../value-commands.server.ts';
import { everyValued, listValued, sumsOf, type ValuedPage, type ValuedSums } from '../valued-queries.server.ts';

const PAGE_SIZE = 50;

interface Data {
  readonly year: number;
  readonly sums: ValuedSums;
  readonly page: ValuedPage;
}

export const valuationsPage = territoryPage<Data>({
  path: '/:territory/comptes/en-nature',
  twin: {
    areas: ['ledger'],
    response: valuationsTwin,
    of: ({ year, sums, page }, visit) => ({
      year,
      sums,
      bookings: page.bookings,
      links: listLinks(visit, page, page.bookings, ({ occurredOn: day, entryId: id }) => writeDayCursor({ day, id })),
    }),
    bodies: { value: valueAllForm },
  },

  async load(visit, tx) {
    if (!maySeeBooks(visit.principal)) return SIGN_IN;
    const query = visit.url.searchParams;
    const year = readAccountYear(query) ?? visit.today.year;
    const filter = { period: yearOf(year), only: readValued(query) };
    const format = readTableFormat(query);
    if (format !== undefined) {
      const rows = everyValued((work) => visit.services.readLater(visit.territory.id, work), filter);
      const columns = valuedColumns(visit, format);
      const sheetName = deliveryWords(visit).t('worth.title');
      return downloadTable(format, { fileName: `en-nature-${year}`, sheetName, columns, rows, at: visit.now });
    }
    const cursor = readDayCursor(query);
    const after = cursor === undefined ? undefined : { day: cursor.day, entryId: cursor.id };
    return { year, sums: await sumsOf(tx, filter.period), page: await listValued(tx, filter, after, PAGE_SIZE) };
  },

  actions: {
    async value(visit, _input, tx) {
      if (!mayDecideAid(visit.principal)) return { kind: 'not-found' };
      const year = readAccountYear(visit.url.searchParams) ?? visit.today.year;
      const valued = await valueByRates(tx, visit.principal, yearOf(year), visit);
      if (!valued.ok) return { kind: 'not-found' };
      const { t } = deliveryWords(visit);
      return doneAt(`${pathIn(visit, 'comptes', 'en-nature')}?annee=${year}`, t('worth.doneAll', { ...valued.value }));
    },
  },

  view({ year, sums, page }, visit) {
    const { t, write } = deliveryWords(visit);
    const last = page.bookings.at(-1);
    const facts = { year: String(year), value: write.money(sums.accountsCents, { round: true }), n: sums.unvalued };
    return {
      title: t('worth.title'),
      width: 'wide',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('worth.books'), href: pathIn(visit, 'comptes') }, { label: t('worth.title') }]}
            title={sums.valued + sums.unvalued === 0 ? t('worth.headingNone', facts) : t('worth.heading', facts)}
            lead={t('worth.lead')}
            actions={
              sums.unvalued > 0 && mayDecideAid(visit.principal) ? (
                <Form
                  action={addressWith(visit, { apres: '', valeur: '' })}
                  name="value"
                  idempotencyKey={formKey(visit)}
                  inline
                >
                  <SubmitButton>{t('worth.valueAll', { n: sums.unvalued })}</SubmitButton>
                </Form>
              ) : null
            }
          />
          <AccountYears visit={visit} year={year} />
          <ReadingFigures sums={sums} visit={visit} />
          <ValuedFilters visit={visit} year={year} />
          <ValuedTable bookings={page.bookings} visit={visit} />
          <Pager
            nextHref={
              page.hasAfter && last
                ? addressWith(visit, { apres: writeDayCursor({ day: last.occurredOn, id: last.entryId }) })
                : undefined
            }
          />
          <InKindAccounts sums={sums} visit={visit} />
        </>
      ),
    };
  },
});

function yearOf(year: number) {
  return { from: new Temporal.PlainDate(year, 1, 1), until: new Temporal.PlainDate(year + 1, 1, 1) };
}
