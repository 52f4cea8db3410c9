/** What a change changed: each fact with what it was and what it became, in words. */
import { formatter } from '../../../i18n/format.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import type { Change } from '../change-queries.server.ts';
import { namesIn } from '../change-commands.server.ts';
import { FACT_RULES, type FactField, type FactName, type JsonValue } from '../facts.ts';
import { directoryText, factsText } from '../messages.ts';
import { PARTS, themeLabel, type Theme } from '../organisation.ts';
import type { TerritoryVisit } from '../visit.ts';

interface DifferencesProps {
  readonly change: Pick<Change, 'before' | 'after'>;
  readonly themes: readonly Theme[];
  readonly visit: TerritoryVisit;
}

export function FactDifferences({ change, themes, visit }: DifferencesProps) {
  const t = factsText(visit.locale);
  const words = (name: FactName, value: JsonValue | undefined) => factWords({ name, value, themes, visit });
  const isAddition = Object.keys(change.before).length === 0;
  const isRemoval = Object.keys(change.after).length === 0;
  return (
    <DataTable
      caption={t('change.caption')}
      hideCaption
      dense
      rows={namesIn(change)}
      rowKey={(name) => name}
      columns={[
        { key: 'fact', title: t('change.fact'), heading: true, cell: (name) => factLabel(name, visit) },
        ...(isAddition
          ? []
          : [{ key: 'before', title: t('change.before'), cell: (name: FactName) => words(name, change.before[name]) }]),
        ...(isRemoval
          ? []
          : [{ key: 'after', title: t('change.after'), cell: (name: FactName) => words(name, change.after[name]) }]),
      ]}
    />
  );
}

/** The name of a fact; a territory's own field is named by its code. */
export function factLabel(name: FactName, visit: Pick<TerritoryVisit, 'locale'>): string {
  return name in FACT_RULES ? factsText(visit.locale)(`fact.${name as FactField}`) : name.replace(/^extra\./u, '');
}

interface FactWords {
  readonly name: FactName;
  readonly value: JsonValue | undefined;
  readonly themes: readonly Theme[];
  readonly visit: TerritoryVisit;
}

/** A value as people read it; a dash when there is none. */
export function factWords({ name, value, themes, visit }: FactWords): string {
  const t = factsText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  if (value === undefined || value === null || value === '') return '—';
  if (name === 'logoId') return t('value.file');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return name === 'employees' ? write.number(value) : String(value);
  if (typeof value === 'string')
    return FACT_RULES[name as FactField]?.kind === 'day' ? write.date(Temporal.PlainDate.from(value)) : value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.length === 0) return '—';
  return value.map((item: JsonValue) => itemWords(name, item, { themes, visit })).join(', ');
}

function itemWords(name: FactName, item: JsonValue, { themes, visit }: Pick<FactWords, 'themes' | 'visit'>): string {
  if (name === 'themes') {
    const theme = themes.find(({ code }) => code === item);
    return theme === undefined ? String(item) : themeLabel(visit.locale, theme);
  }
  const part = PARTS.find((one) => one === item);
  if (name === 'parts' && part !== undefined) return directoryText(visit.locale)(`part.${part}`);
  if (typeof item === 'object' && item !== null && 'url' in item) return String(item.url);
  return String(item);
}
