/** What the team may issue about an instalment: the call once it is called, a receipt for each payment that stands. */
import type { FormState } from '../../../lib/form-state.ts';
import { Section } from '../../../ui/components/section.tsx';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { IssueForm } from '../documents/components/issue-form.tsx';
import type { InstalmentLine, PaymentLine } from '../instalment-queries.server.ts';
import { mayKeepMoney } from '../policy.ts';
import { allianceWords } from './words.tsx';

interface Props {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly instalment: InstalmentLine;
  readonly payments: readonly PaymentLine[];
}

export function InstalmentPapers({ visit, form, instalment, payments }: Props) {
  const { t, write, money } = allianceWords(visit);
  if (!mayKeepMoney(visit.principal) || instalment.state !== 'called') return null;
  const received = payments.filter(({ reversalEntryId }) => reversalEntryId === null);
  return (
    <Section title={t('instalment.papers')}>
      <IssueForm visit={visit} form={form} kind="payment-call" subject={instalment.id} />
      {received.map(({ id, paidOn, amountCents }) => (
        <>
          <p>{t('instalment.receiptOf', { amount: money(amountCents), day: write.date(paidOn) })}</p>
          <IssueForm visit={visit} form={form} kind="receipt" subject={`${instalment.id}:${id}`} />
        </>
      ))}
    </Section>
  );
}
