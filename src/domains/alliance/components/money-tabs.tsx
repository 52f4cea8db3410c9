/** Agreements, receivables and expenses stand side by side for those who see the books. */
import { Tabs } from '../../../ui/components/tabs.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { allianceText } from '../messages.ts';
import { mayKeepMoney, maySeeMoney } from '../policy.ts';

export function MoneyTabs({
  visit,
  current,
}: {
  visit: TerritoryVisit;
  current: 'conventions' | 'creances' | 'banque' | 'depenses' | 'documents' | 'bilans';
}) {
  if (!maySeeMoney(visit.principal)) return null;
  const t = allianceText(visit.locale);
  const labels = {
    conventions: t('list.title'),
    creances: t('receivables.title'),
    ...(mayKeepMoney(visit.principal) ? { banque: t('tabs.bank') } : {}),
    depenses: t('expenses.title'),
    documents: t('tabs.documents'),
    bilans: t('tabs.reports'),
    argent: t('money.title'),
    comptes: t('tabs.books'),
  };
  return (
    <Tabs
      label={t('tabs')}
      tabs={Object.entries(labels).map(([path, label]) => ({
        label,
        href: pathIn(visit, path),
        current: path === current,
      }))}
    />
  );
}
