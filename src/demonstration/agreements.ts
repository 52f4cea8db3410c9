/**
 * The agreements of the real story: the Metropolis and the Region gave EUR 500,000 a year each for three years, fifteen
 * private partners EUR 10,000 a year each. Their texts, what they promise in kind, and the agreements of today are
 * invented. All of it is drafted, signed, called and received by the commands of the alliance.
 */
import type { AgreementId, CommitmentFamily, InstalmentId } from '../domains/alliance/agreement.ts';
import {
  amendAgreement,
  draftAgreement,
  endAgreement,
  signAgreement,
} from '../domains/alliance/agreement-commands.server.ts';
import { callInstalment, receivePayment } from '../domains/alliance/instalment-commands.server.ts';
import { instalmentsOf, type InstalmentLine } from '../domains/alliance/instalment-queries.server.ts';
import { addInstalments, setCommitments } from '../domains/alliance/terms-commands.server.ts';
import type { PersonPrincipal } from '../domains/territory/principal.ts';
import type { SeededRandom } from '../lib/seeded-random.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { momentOn, workingDay, type DemonstrationCalendar } from './calendar.ts';
import type { MadeDirectory, MadeOrganisation } from './directory.ts';
import { must } from './rounds.ts';

/** The code of the one programme, from its French name. */
export const PROGRAMME = 'accelerateur';

export const MONEY_YEARS = [2016, 2017, 2018] as const;
const FEE_CENTS = 1_000_000n;
/** EUR 500,000 a year, in two parts. */
const GRANT_PARTS = [
  { day: '03-15', cents: 30_000_000n, condition: '' },
  { day: '10-15', cents: 20_000_000n, condition: 'Sur remise du bilan de l’année précédente' },
] as const;

/** Invented: what a partner promises a year for each kind of help that it offers, in the unit of the books. */
const PROMISES: Readonly<Record<string, readonly [family: CommitmentFamily, amount: bigint]>> = {
  expertise: ['expertise', 3600n],
  'financing-files': ['expertise', 3600n],
  international: ['expertise', 3600n],
  'commercial-structuring': ['commercial', 1800n],
  'commercial-development': ['commercial', 1800n],
  legal: ['legal', 1260n],
  'market-access': ['market-access', 6n],
  network: ['market-access', 6n],
  'test-ground': ['test-grounds', 12n],
  desk: ['desks', 120n],
};

export interface Stage {
  readonly tx: TerritoryTransaction;
  readonly team: PersonPrincipal;
  readonly calendar: DemonstrationCalendar;
  readonly random: SeededRandom;
}

export async function loadAgreements(stage: Stage, directory: MadeDirectory): Promise<void> {
  const funders = directory.organisations.filter(({ parts }) => parts.includes('public-body'));
  const partners = directory.organisations.filter(({ parts }) => parts.includes('company-partner'));
  for (const [place, funder] of funders.entries()) await signFunder(stage, funder, place);
  for (const [place, partner] of partners.entries()) {
    await signPartner(stage, partner, place);
    await renewPartner(stage, partner, place);
  }
}

/** Three years, each in two parts, all of it called and received. */
async function signFunder(stage: Stage, funder: MadeOrganisation, place: number): Promise<void> {
  const id = await draft(stage, funder, {
    kind: 'public-funder',
    title: `Convention triennale ${funder.name}`,
    reference: `CF-2016-${number(place)}`,
    years: [2016, 2018],
    day: '2016-01-20',
    amountsPublic: true,
  });
  for (const { day, cents, condition } of GRANT_PARTS) {
    const dueOn = Temporal.PlainDate.from(`2016-${day}`);
    await addYearly(stage, id, { dueOn, amountCents: cents, condition });
  }
  await sign(stage, id, Temporal.PlainDate.from('2016-01-20'));
  for (const line of await instalmentsOf(stage.tx, id)) await collect(stage, line, place);
  await end(stage, id);
}

async function signPartner(stage: Stage, partner: MadeOrganisation, place: number): Promise<void> {
  const id = await draft(stage, partner, {
    kind: 'partner',
    title: `Convention de partenariat ${partner.name}`,
    reference: `CP-2016-${number(place)}`,
    years: [2016, 2018],
    day: '2016-01-20',
    amountsPublic: place % 3 === 0,
  });
  const dueOn = Temporal.PlainDate.from('2016-02-15');
  await addYearly(stage, id, { dueOn, amountCents: FEE_CENTS, condition: '' });
  await promise(stage, id, partner, 2016);
  await sign(stage, id, Temporal.PlainDate.from('2016-01-20'));
  for (const line of await instalmentsOf(stage.tx, id)) await collect(stage, line, place);
  await end(stage, id);
}

/** The agreement of today: the same fee; some have paid this year's, some are late, most are to be called. */
async function renewPartner(stage: Stage, partner: MadeOrganisation, place: number): Promise<void> {
  const { today } = stage.calendar;
  const firstYear = today.year - 1;
  const signedOn = new Temporal.PlainDate(firstYear, 1, 12);
  const id = await draft(stage, partner, {
    kind: 'partner',
    title: `Convention de partenariat ${partner.name}`,
    reference: `CP-${firstYear}-${number(place)}`,
    years: [firstYear, firstYear + 2],
    day: signedOn.toString(),
    amountsPublic: place % 3 === 0,
  });
  const late = place < 2;
  const dueOn = late ? today.subtract({ days: 20 }) : today.add({ days: 20 });
  const line = { year: today.year, dueOn, amountCents: FEE_CENTS, condition: '' };
  must(await addInstalments(stage.tx, stage.team, { id, line, everyYear: false }, momentAt(stage, signedOn)));
  await promise(stage, id, partner, firstYear);
  await sign(stage, id, signedOn);
  if (place === 5) must(await amendAgreement(stage.tx, stage.team, id, momentAt(stage, today)));
  const [current] = await instalmentsOf(stage.tx, id);
  if (current === undefined || place > 3) return;
  const calledOn = today.subtract({ days: late ? 50 : 8 });
  await call(stage, current.id, calledOn);
  if (place === 1) await receive(stage, current.id, { paidOn: today.subtract({ days: 5 }), amountCents: 400_000n });
}

interface DraftFacts {
  readonly kind: 'partner' | 'public-funder';
  readonly title: string;
  readonly reference: string;
  readonly years: readonly [first: number, last: number];
  readonly day: string;
  readonly amountsPublic: boolean;
}

async function draft(stage: Stage, organisation: MadeOrganisation, facts: DraftFacts): Promise<AgreementId> {
  const [first, last] = facts.years;
  const isGrant = facts.kind === 'public-funder';
  const input = {
    organisationId: organisation.id,
    kind: facts.kind,
    title: facts.title,
    reference: facts.reference,
    parties: `${organisation.name}\nLe Bivouac`,
    startsOn: new Temporal.PlainDate(first, 1, 1),
    endsOn: new Temporal.PlainDate(last, 12, 31),
    renewalOn: new Temporal.PlainDate(last, 9, 1),
    programme: PROGRAMME,
    amountsPublic: facts.amountsPublic,
    counterparts: isGrant ? '' : 'Logo sur le site et invitation à deux rencontres par an (texte fictif)',
    counterpartsCents: isGrant ? 0n : 150_000n,
    version: 0,
  };
  const at = momentAt(stage, Temporal.PlainDate.from(facts.day));
  return must(await draftAgreement(stage.tx, stage.team, input, at)).id;
}

async function addYearly(
  stage: Stage,
  id: AgreementId,
  line: { readonly dueOn: Temporal.PlainDate; readonly amountCents: bigint; readonly condition: string },
): Promise<void> {
  const at = momentAt(stage, Temporal.PlainDate.from('2016-01-20'));
  const whole = { ...line, year: MONEY_YEARS[0] };
  must(await addInstalments(stage.tx, stage.team, { id, line: whole, everyYear: true }, at));
}

async function promise(stage: Stage, id: AgreementId, partner: MadeOrganisation, year: number): Promise<void> {
  const promised = new Map(partner.offers.flatMap((kind) => (PROMISES[kind] ? [PROMISES[kind]] : [])));
  for (const [family, amount] of promised) {
    const commitment = { year, family, amount };
    must(await setCommitments(stage.tx, stage.team, { id, commitment, everyYear: true }));
  }
}

async function sign(stage: Stage, id: AgreementId, signedOn: Temporal.PlainDate): Promise<void> {
  const at = momentAt(stage, signedOn);
  must(await signAgreement(stage.tx, stage.team, { id, signedOn, today: signedOn }, at));
}

async function end(stage: Stage, id: AgreementId): Promise<void> {
  const endedOn = Temporal.PlainDate.from('2018-12-31');
  must(await endAgreement(stage.tx, stage.team, { id, endedOn, today: endedOn }, momentAt(stage, endedOn)));
}

/** Called three weeks ahead, paid within the days around the date. */
async function collect(stage: Stage, line: InstalmentLine, place: number): Promise<void> {
  await call(stage, line.id, workingDay(line.dueOn.subtract({ days: 21 })));
  const paidOn = workingDay(line.dueOn.add({ days: (place * 5) % 12 }));
  await receive(stage, line.id, { paidOn, amountCents: line.amountCents });
}

async function call(stage: Stage, id: InstalmentId, calledOn: Temporal.PlainDate): Promise<void> {
  const at = momentAt(stage, calledOn);
  must(await callInstalment(stage.tx, stage.team, { id, calledOn, today: calledOn }, at));
}

async function receive(
  stage: Stage,
  id: InstalmentId,
  payment: { readonly paidOn: Temporal.PlainDate; readonly amountCents: bigint },
): Promise<void> {
  const at = momentAt(stage, payment.paidOn);
  must(await receivePayment(stage.tx, stage.team, { id, ...payment, note: '', today: payment.paidOn }, at));
}

function momentAt({ calendar, random }: Stage, day: Temporal.PlainDate) {
  return { now: momentOn(calendar, day, 12), fillRandom: random.fill };
}

function number(place: number): string {
  return String(place + 1).padStart(2, '0');
}
