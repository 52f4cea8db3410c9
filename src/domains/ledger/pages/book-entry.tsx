/** What does this entry say, why, and does it still stand? */
import { parseId } from '../../../lib/ids.ts';
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { entryWhole, type EntryLine, type TransferLine } from '../book-queries.server.ts';
import { AccountLink } from '../components/entry-table.tsx';
import { Marks, Reversal } from '../components/reversal.tsx';
import { bookWords, type BookWords } from '../components/words.ts';
import { maySeeBooks, maySeeEntry } from '../policy.ts';
import { bookEntryTwin } from '../twin-schema.ts';

interface Data {
  readonly entry: EntryLine;
}

export const bookEntryPage = territoryPage<Data>({
  path: '/:territory/comptes/ecritures/:entry',
  twin: { areas: ['ledger'], response: bookEntryTwin },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const id = parseId<'entry'>(visit.params['entry'] ?? '');
    const entry = id === undefined ? undefined : await entryWhole(tx, id);
    const owners = entry?.transfers.flatMap(({ debit, credit }) => [debit.organisationId, credit.organisationId]) ?? [];
    return entry === undefined || !maySeeEntry(visit.principal, owners) ? NOT_FOUND : { entry };
  },

  view({ entry }, visit) {
    const words = bookWords(visit);
    const { t, write } = words;
    const day = write.date(entry.occurredOn);
    const title =
      entry.reversesId === null
        ? t('entry.title', { cause: t(`cause.${entry.cause.kind}`), day })
        : t('entry.reversalTitle', { day });
    const lead = t('entry.lead', {
      posted: write.dateTime(entry.postedAt, { year: true }),
      author: entry.authorName ?? 'none',
    });
    const parent = maySeeBooks(visit.principal) ? [{ label: t('books.title'), href: pathIn(visit, 'comptes') }] : [];
    return {
      title,
      body: (
        <>
          <PageHead
            breadcrumb={[...parent, { label: title }]}
            title={title}
            lead={lead}
            tags={(entry.reversesId ?? entry.reversedById) ? <Marks entry={entry} words={words} /> : null}
          />
          <Reversal entry={entry} words={words} />
          <div class="columns side">
            <Section title={t('entry.transfers')}>
              <Transfers entry={entry} words={words} />
            </Section>
            <Panel title={t('entry.facts')}>
              <Facts entry={entry} visit={visit} words={words} />
            </Panel>
          </div>
        </>
      ),
    };
  },
});

function Transfers({ entry, words }: { entry: EntryLine; words: BookWords }) {
  const { t } = words;
  const rows = entry.transfers.map((transfer, index) => ({ ...transfer, index }));
  return (
    <DataTable<TransferLine & { readonly index: number }>
      caption={t('entry.transfers')}
      hideCaption
      rows={rows}
      rowKey={({ index }) => String(index)}
      columns={[
        {
          key: 'from',
          title: t('column.from'),
          heading: true,
          cell: ({ credit }) => <AccountLink account={credit} words={words} />,
        },
        {
          key: 'to',
          title: t('column.to'),
          cell: ({ debit }) => <AccountLink account={debit} words={words} />,
        },
        {
          key: 'amount',
          title: t('column.amount'),
          numeric: true,
          cell: ({ unit, amount }) => words.amount(unit, amount),
        },
      ]}
    />
  );
}

function Facts({ entry, visit, words }: { entry: EntryLine; visit: TerritoryVisit; words: BookWords }) {
  const { t, write } = words;
  const href = words.causeHref(entry);
  const cause = t(`cause.${entry.cause.kind}`);
  return (
    <DescriptionList
      facts={[
        { term: t('entry.day'), details: write.date(entry.occurredOn, { weekday: true }) },
        {
          term: t('entry.cause'),
          details: href === undefined ? cause : <a href={href}>{t('entry.seeSession')}</a>,
        },
        ...(entry.memo === '' ? [] : [{ term: t('entry.memo'), details: entry.memo }]),
        ...(entry.cause.kind === 'session' && entry.reversesId === null && entry.reversedById === null
          ? [
              {
                term: t('entry.worth'),
                details: <a href={pathIn(visit, 'comptes', 'en-nature', entry.id)}>{t('entry.seeWorth')}</a>,
              },
            ]
          : []),
        { term: t('entry.key'), details: <code>{entry.id}</code> },
      ]}
    />
  );
}
