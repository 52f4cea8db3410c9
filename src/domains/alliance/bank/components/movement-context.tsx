/** What stands around a movement: what was booked of it, and other movements that it may repeat or take back. */
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { Notice } from '../../../../ui/components/notice.tsx';
import { Section } from '../../../../ui/components/section.tsx';
import { pathIn, type TerritoryVisit } from '../../../territory/visit.ts';
import type { BookingLine, MovementLine } from '../bank-queries.server.ts';
import type { BankWords } from './bank-words.tsx';

interface LikeProps {
  readonly words: BankWords;
  readonly alike: readonly MovementLine[];
  readonly taken: readonly MovementLine[];
}

export function LikeMovements({ words, alike, taken }: LikeProps) {
  const { t } = words;
  return (
    <>
      {taken.length === 0 ? null : (
        <Notice title={t('movement.taken')} tone="warn">
          {t('movement.takenBody')}
          <Lines words={words} lines={taken} />
        </Notice>
      )}
      {alike.length === 0 ? null : (
        <Notice title={t('movement.alike')} tone="info">
          {t('movement.alikeBody')}
          <Lines words={words} lines={alike} />
        </Notice>
      )}
    </>
  );
}

function Lines({ words, lines }: { words: BankWords; lines: readonly MovementLine[] }) {
  const { t, write, money } = words;
  return (
    <ul>
      {lines.map((line) => (
        <li>
          <a href={words.movementHref(line.id)}>
            {t('movement.line', {
              day: write.date(line.bookedOn),
              amount: money(line.amountCents),
              name: words.nameOf(line),
            })}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface BookingProps {
  readonly visit: TerritoryVisit;
  readonly words: BankWords;
  readonly bookings: readonly BookingLine[];
}

export function Bookings({ visit, words, bookings }: BookingProps) {
  if (bookings.length === 0) return null;
  const { t, write, money } = words;
  const entry = (id: string) => pathIn(visit, 'comptes', 'ecritures', id);
  return (
    <Section title={t('movement.bookings')}>
      <DataTable<BookingLine>
        caption={t('movement.bookingsCaption')}
        hideCaption
        rows={bookings}
        rowKey={({ paymentId }) => paymentId}
        columns={[
          {
            key: 'organisation',
            title: t('column.organisation'),
            heading: true,
            cell: ({ instalmentId, organisationName, dueOn }) => (
              <>
                <a href={pathIn(visit, 'creances', instalmentId)}>{organisationName}</a>{' '}
                <span class="soft">{write.shortDate(dueOn)}</span>
              </>
            ),
          },
          {
            key: 'entry',
            title: t('column.entry'),
            cell: ({ entryId, reversalEntryId }) => (
              <>
                <a href={entry(entryId)}>{t('movement.seeEntry')}</a>
                {reversalEntryId === null ? null : (
                  <div>
                    <a href={entry(reversalEntryId)}>{t('movement.undone')}</a>
                  </div>
                )}
              </>
            ),
          },
          { key: 'amount', title: t('column.amount'), numeric: true, cell: ({ amountCents }) => money(amountCents) },
        ]}
      />
    </Section>
  );
}
