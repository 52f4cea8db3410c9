/** The top of an account: the answer in a sentence, and the years. */
import { Tabs } from '../../../ui/components/tabs.tsx';
import { addressWith, type TerritoryVisit } from '../../territory/visit.ts';
import type { KindLine, OrganisationAccount } from '../account-queries.server.ts';
import { deliveryWords } from './words.tsx';

const YEARS_SHOWN = 4;

/** This year and the three before it; another year when the address names one. */
export function AccountYears({ visit, year }: { visit: TerritoryVisit; year: number }) {
  const { t } = deliveryWords(visit);
  const recent = Array.from({ length: YEARS_SHOWN }, (_, index) => visit.today.year - index);
  const years = recent.includes(year) ? recent : [...recent, year];
  return (
    <Tabs
      label={t('account.years')}
      tabs={years.map((item) => ({
        label: String(item),
        href: addressWith(visit, { annee: String(item), apres: '' }),
        current: item === year,
      }))}
    />
  );
}

/** The answer in a sentence: hours given, or received; whichever is more. */
export function accountSentence(
  visit: TerritoryVisit,
  organisation: { readonly name: string },
  year: number,
  account: OrganisationAccount,
): string {
  const { t, amount } = deliveryWords(visit);
  const minutes = (lines: readonly KindLine[]) =>
    lines.reduce((sum, { unit, booked }) => (unit === 'minute' ? sum + booked : sum), 0n);
  const [given, received] = [minutes(account.given), minutes(account.received)];
  const facts = { organisation: organisation.name, year: String(year) };
  if (given === 0n && received === 0n) return t('account.heading.none', facts);
  return given >= received
    ? t('account.heading.given', { ...facts, amount: amount('minute', given) })
    : t('account.heading.received', { ...facts, amount: amount('minute', received) });
}
