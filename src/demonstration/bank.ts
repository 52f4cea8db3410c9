/**
 * The bank of the accelerator: an invented account, and one statement of the last days. One sum of it is matched, the
 * others wait for a person: with the reference, in part, without a name, and one that answers no payment.
 */
import { addIban, confirmMovement, type Share } from '../domains/alliance/bank/bank-commands.server.ts';
import { listMovements, openReceivables } from '../domains/alliance/bank/bank-queries.server.ts';
import { ibanOf } from '../domains/alliance/bank/iban.ts';
import { loadStatement } from '../domains/alliance/bank/load-command.server.ts';
import { writeCsv } from '../platform/files/csv-writer.ts';
import type { Stage } from './agreements.ts';
import { momentOn } from './calendar.ts';
import { must } from './rounds.ts';

interface Line {
  readonly day: Temporal.PlainDate;
  readonly label: string;
  readonly name: string;
  readonly iban: string;
  readonly cents: bigint;
}

export async function loadBank({ tx, team, calendar, random }: Stage): Promise<void> {
  const { today } = calendar;
  const at = { now: momentOn(calendar, today, 9), fillRandom: random.fill };
  const iban = ibanOf('FR', '30006000010000063000000');
  const { id } = must(await addIban(tx, team, { iban, label: 'Compte courant (fictif)' }, at));
  const open = await openReceivables(tx);
  const [late, part, due, paid] = open;
  if (late === undefined || part === undefined || due === undefined || paid === undefined) return;
  const lines: Line[] = [
    {
      day: today.subtract({ days: 1 }),
      label: `Cotisation ${paid.reference}`,
      name: paid.organisationName,
      iban: payer(4),
      cents: paid.awaitedCents,
    },
    {
      day: today.subtract({ days: 2 }),
      label: `VIR SEPA ${late.reference}`,
      name: late.organisationName,
      iban: payer(1),
      cents: late.awaitedCents,
    },
    {
      day: today.subtract({ days: 2 }),
      label: 'Solde de la cotisation',
      name: part.organisationName,
      iban: payer(2),
      cents: part.awaitedCents,
    },
    { day: today.subtract({ days: 3 }), label: 'VIREMENT RECU', name: '', iban: payer(3), cents: due.awaitedCents },
    { day: today.subtract({ days: 4 }), label: 'Intérêts créditeurs', name: '', iban: '', cents: 1_240n },
    {
      day: today.subtract({ days: 5 }),
      label: 'Loyer et énergie (fictif)',
      name: 'Bailleur',
      iban: payer(9),
      cents: -1_840_000n,
    },
  ];
  const statement = {
    fileName: 'releve-demonstration.csv',
    bytes: new TextEncoder().encode(csvOf(lines)),
    ibanId: id,
    today,
  };
  must(await loadStatement(tx, team, statement, at));
  const movement = (await listMovements(tx, 'open')).find(({ remittance }) => remittance.includes(paid.reference));
  const shares: Share[] = [{ instalmentId: paid.id, amountCents: paid.awaitedCents }];
  if (movement !== undefined) must(await confirmMovement(tx, team, { id: movement.id, shares, today }, at));
}

function payer(number: number): string {
  return ibanOf('FR', `2004101005050001301260${number}`);
}

function csvOf(lines: readonly Line[]): string {
  return writeCsv<Line>(
    [
      { label: 'Date comptable', cell: ({ day }) => day },
      { label: 'Libellé', cell: ({ label }) => label },
      { label: 'Contrepartie', cell: ({ name }) => name },
      { label: 'IBAN contrepartie', cell: ({ iban }) => iban },
      { label: 'Montant', cell: ({ cents }) => euros(cents) },
    ],
    lines,
  );
}

function euros(cents: bigint): string {
  const size = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${size / 100n},${String(size % 100n).padStart(2, '0')}`;
}
