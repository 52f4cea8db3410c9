/** The organisations or people of one lot, with what the file says or what differs, and a box to leave one out. */
import { formatter } from '../../../i18n/format.ts';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import type { JsonValue } from '../../territory/facts.ts';
import { factsText } from '../../territory/messages.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { EntryLine } from '../import-queries.server.ts';
import { importText } from '../messages.ts';
import { FACT_FIELDS } from '../../territory/facts.ts';
import type { ReviewProps } from './review-props.ts';

export function ImportEntries(props: ReviewProps) {
  const { visit, given, view, entries } = props;
  const t = importText(visit.locale);
  const isChoosing = given.state === 'previewed' && (view === 'create' || view === 'change' || view === 'people');
  const columns: Column<EntryLine>[] = [
    { key: 'name', title: t('name'), heading: true, cell: (entry) => <EntryName visit={visit} entry={entry} /> },
    {
      key: 'says',
      title: t(view === 'change' ? 'differences' : 'says'),
      kind: 'why',
      cell: (entry) => <EntryFacts visit={visit} entry={entry} />,
    },
    { key: 'row', title: t('row'), numeric: true, cell: ({ number }) => number },
  ];
  const take: Column<EntryLine> = {
    key: 'take',
    title: t('take'),
    cell: ({ position, isChosen, name }) => (
      <input
        type="checkbox"
        name="chosen"
        value={String(position)}
        checked={isChosen}
        aria-label={`${t('take')} : ${name}`}
      />
    ),
  };
  const table = (
    <DataTable<EntryLine>
      caption={t(view === 'people' ? 'peopleCaption' : 'entries', { n: given.counts[view] })}
      rows={entries}
      rowKey={({ position }) => String(position)}
      columns={isChoosing ? [take, ...columns] : columns}
      empty={<p>{t('empty')}</p>}
      dense
    />
  );
  if (!isChoosing || entries.length === 0) return table;
  return (
    <Form
      name="choose"
      idempotencyKey={formKey(visit)}
      hidden={{ shown: entries.map(({ position }) => position).join(',') }}
    >
      {table}
      <div class="row">
        <SubmitButton tone="quiet">{t('choose')}</SubmitButton>
      </div>
    </Form>
  );
}

function EntryName({ visit, entry }: { visit: TerritoryVisit; entry: EntryLine }) {
  if (entry.targetSlug === null) return <>{entry.name}</>;
  return <a href={pathIn(visit, 'organisations', entry.targetSlug)}>{entry.name}</a>;
}

const SHOWN_FACTS = 6;

function EntryFacts({ visit, entry }: { visit: TerritoryVisit; entry: EntryLine }) {
  const t = importText(visit.locale);
  const isChange = Object.keys(entry.before).length > 0;
  const facts = isChange ? entry.after : entry.facts;
  const lines = Object.entries(facts)
    .filter(([name]) => name !== 'parts' && (isChange || name !== 'name'))
    .slice(0, isChange ? 20 : SHOWN_FACTS)
    .map(([name, value]) => {
      const shown = shownValue(visit, value) || t('nothingBefore');
      const field = factLabel(visit, name);
      if (!isChange) return `${field} : ${shown}`;
      return t('change', {
        field,
        before: shownValue(visit, entry.before[name] ?? null) || t('nothingBefore'),
        after: shown,
      });
    });
  return (
    <ul class="bare">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

export function factLabel(visit: TerritoryVisit, name: string): string {
  if (name.startsWith('extra.')) return name.slice('extra.'.length).replaceAll('-', ' ');
  if (name === 'email') return importText(visit.locale)('field.email');
  return FACT_FIELDS.some((field) => field === name) ? factsText(visit.locale)(`fact.${name as 'name'}`) : name;
}

const LONGEST = 120;

export function shownValue(visit: TerritoryVisit, value: JsonValue): string {
  const write = formatter(visit.locale, visit.territory.zone);
  if (value === null) return '';
  if (typeof value === 'number') return write.number(value);
  if (typeof value === 'object')
    return Object.values(value)
      .map((each) => shownValue(visit, each as JsonValue))
      .join(', ')
      .slice(0, LONGEST);
  const text = String(value).replace(/^new /u, '');
  if (/^\d{4}-\d\d-\d\d$/u.test(text)) return write.date(Temporal.PlainDate.from(text));
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).toWellFormed()}…` : text;
}
