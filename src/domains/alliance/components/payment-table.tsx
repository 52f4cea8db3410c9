/** What was received of an instalment; a payment that was taken back stays in sight. */
import { ConfirmDialog } from '../../../ui/components/confirm-dialog.tsx';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { formKey, type TerritoryVisit } from '../../territory/visit.ts';
import type { PaymentLine } from '../instalment-queries.server.ts';
import { mayKeepMoney } from '../policy.ts';
import { allianceWords } from './words.tsx';

export function PaymentTable({ visit, payments }: { visit: TerritoryVisit; payments: readonly PaymentLine[] }) {
  const words = allianceWords(visit);
  const { t, write, money } = words;
  const acts: Column<PaymentLine> = {
    key: 'acts',
    title: t('column.acts'),
    hideTitle: true,
    cell: (payment) => <TakeBack visit={visit} payment={payment} />,
  };
  return (
    <DataTable<PaymentLine>
      caption={t('instalment.paymentsCaption')}
      hideCaption
      rows={payments}
      rowKey={({ id }) => id}
      empty={<p class="soft">{t('instalment.noPayments')}</p>}
      columns={[
        { key: 'day', title: t('column.day'), heading: true, cell: ({ paidOn }) => write.date(paidOn) },
        {
          key: 'entry',
          title: t('instalment.entry'),
          cell: ({ entryId, reversalEntryId }) => (
            <>
              <a href={words.entryHref(entryId)}>{t('expense.seeEntry')}</a>
              {reversalEntryId === null ? null : (
                <div>
                  <a href={words.entryHref(reversalEntryId)}>{t('instalment.reversed')}</a>
                </div>
              )}
            </>
          ),
        },
        { key: 'note', title: t('column.note'), cell: ({ note }) => note },
        {
          key: 'amount',
          title: t('column.amount'),
          numeric: true,
          cell: ({ amountCents, reversalEntryId }) =>
            reversalEntryId === null ? money(amountCents) : <s>{money(amountCents)}</s>,
        },
        ...(mayKeepMoney(visit.principal) ? [acts] : []),
      ]}
    />
  );
}

function TakeBack({ visit, payment }: { visit: TerritoryVisit; payment: PaymentLine }) {
  const { t } = allianceWords(visit);
  if (payment.reversalEntryId !== null) return null;
  return (
    <ConfirmDialog
      id={`reverse-${payment.id}`}
      trigger={t('instalment.reverse')}
      title={t('instalment.reverseTitle')}
      confirm={t('instalment.reverseIt')}
      tone="danger"
      small
      name="reverse"
      hidden={{ payment: payment.id, reason: t('instalment.reverseReason') }}
      idempotencyKey={formKey(visit)}
    >
      {t('instalment.reverseBody')}
    </ConfirmDialog>
  );
}
