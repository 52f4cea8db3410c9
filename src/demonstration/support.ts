/** The needs and offers of the demonstration: about 120 and 80, in the words of each organisation's theme. */
import { DEFAULT_KINDS } from '../domains/support/kind.ts';
import { newId } from '../lib/ids.ts';
import type { SeededRandom } from '../lib/seeded-random.ts';
import type { SupportUnit } from '../lib/quantity.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { momentOn, workingDay, type DemonstrationCalendar } from './calendar.ts';
import { NEEDS, OFFERS, type RequestContent } from './content/requests.ts';
import { themeOf } from './content/themes.ts';
import type { MadeDirectory, MadeOrganisation } from './directory.ts';

/** A round is solved after the first two weeks of its quarter. */
const DAYS_TO_ASK = 14;

const NEED_KINDS = ['test-ground', 'market-access', 'legal', 'expertise', 'commercial-structuring', 'financing-files', 'network', 'international', 'visibility', 'commercial-development', 'expertise', 'market-access', 'desk'] as const;

/** What the startups of the real story ask first. */
const FIRST_NEEDS: Readonly<Record<string, readonly [kind: string, title: string, body: string, quantity: number]>> = {
  mybus: ['test-ground', 'Valider un titre par téléphone sur une ligne réelle', 'Un abribus instrumenté pendant six semaines, pour mesurer la validation par téléphone.', 6],
  'yes-it-is': ['legal', 'Relire un contrat de distribution aux États-Unis', 'Deux demi-journées avec un juriste pour un premier contrat aux États-Unis.', 2],
  laou: ['market-access', 'Rencontrer des directions des ressources humaines', 'Rencontrer trois directions des ressources humaines du territoire qui recrutent hors de la région.', 3],
  docndoc: ['commercial-development', 'Répondre à un appel d’offres hospitalier', 'Premier appel d’offres d’un hôpital : cahier des charges, mémoire technique, prix.', 4],
};

/** The needs of one quarter: 0 is the current one, 1 and 2 the two before; a third of the needs each. */
export async function loadNeeds(tx: TerritoryTransaction, directory: MadeDirectory, calendar: DemonstrationCalendar, quarter: 0 | 1 | 2, random: SeededRandom): Promise<void> {
  const numbers = directory.startups.flatMap((startup, place) => [0, 1].map((turn) => ({ startup, number: place * 2 + turn, turn })));
  const rows = numbers.filter(({ number }) => quarterOf(number) === quarter).map(({ startup, number, turn }) => needRow(tx, startup, number, turn, calendar, random));
  await tx.insertInto('needs').values(rows).execute();
  await tx
    .insertInto('events')
    .values(rows.map((row) => stated(tx, 'need-stated', row, random)))
    .execute();
}

/** Two pairs of needs in three were asked in the quarters before, the others in this one. */
function quarterOf(number: number): 0 | 1 | 2 {
  const turn = number % 6;
  return turn < 2 ? 2 : turn < 4 ? 1 : 0;
}

function needRow(tx: TerritoryTransaction, startup: MadeOrganisation, number: number, turn: number, calendar: DemonstrationCalendar, random: SeededRandom) {
  const first = turn === 0 ? FIRST_NEEDS[startup.slug] : undefined;
  const kind = first?.[0] ?? NEED_KINDS[(number * 5 + turn) % NEED_KINDS.length]!;
  const template: RequestContent = first === undefined ? written(random.pick(NEEDS[kind]!), startup) : { title: first[1], body: first[2], quantity: first[3] };
  const quarter = quarterOf(number);
  const days = quarter === 0 ? Math.max(1, calendar.quarters[0].until(calendar.today, { largestUnit: 'day' }).days) : DAYS_TO_ASK;
  const statedOn = workingDayBefore(calendar, calendar.quarters[quarter].add({ days: random.whole(days) }));
  const createdAt = momentOn(calendar, statedOn, 8 + random.whole(9), random.whole(60));
  return {
    territory_id: tx.territoryId,
    id: newId<'need'>(createdAt, random.fill),
    organisation_id: startup.id,
    kind_code: kind,
    unit: unitOf(kind),
    quantity: template.quantity,
    title: template.title,
    body: template.body,
    urgency: first === undefined ? [1, 2, 2, 2, 3][random.whole(5)]! : 3,
    needed_by: random.chance(0.6) ? workingDay(statedOn.add({ days: 30 + random.whole(120) })) : null,
    visibility: first === undefined && random.chance(0.35) ? ('territory' as const) : ('public' as const),
    theme_codes: [...startup.themes],
    created_by: startup.manager.personId,
    created_at: createdAt,
    updated_at: createdAt,
  };
}

export async function loadOffers(tx: TerritoryTransaction, directory: MadeDirectory, calendar: DemonstrationCalendar, random: SeededRandom): Promise<void> {
  const givers = directory.organisations.filter(({ offers }) => offers.length > 0);
  const rows = givers.flatMap((giver, place) => {
    // A dozen partners bring their first kind twice, from another team.
    const kinds = place < 12 ? [...giver.offers, giver.offers[0]!] : giver.offers;
    return kinds.map((kind, turn) => offerRow(tx, giver, kind, turn, calendar, random));
  });
  await tx.insertInto('offers').values(rows).execute();
  await tx
    .insertInto('events')
    .values(rows.map((row) => stated(tx, 'offer-stated', row, random)))
    .execute();
}

function offerRow(tx: TerritoryTransaction, giver: MadeOrganisation, kind: string, turn: number, calendar: DemonstrationCalendar, random: SeededRandom) {
  const templates = OFFERS[kind]!;
  const theme = giver.themes[turn % giver.themes.length] ?? giver.themes[0]!;
  const template = written(templates[turn % templates.length]!, giver, theme);
  const from = calendar.quarters[2];
  const createdAt = momentOn(calendar, workingDay(from.subtract({ days: 20 + random.whole(40) })), 9 + random.whole(8), random.whole(60));
  return {
    territory_id: tx.territoryId,
    id: newId<'offer'>(createdAt, random.fill),
    organisation_id: giver.id,
    kind_code: kind,
    unit: unitOf(kind),
    capacity: template.quantity,
    title: template.title,
    body: template.body,
    available_from: from,
    available_until: from.add({ months: 12 }),
    visibility: random.chance(0.7) ? ('public' as const) : ('territory' as const),
    theme_codes: [...giver.themes],
    created_by: giver.manager.personId,
    created_at: createdAt,
    updated_at: createdAt,
  };
}

function written(template: RequestContent, organisation: MadeOrganisation, theme: string = organisation.themes[0]!): RequestContent {
  const words = themeOf(theme);
  const replaced = (text: string) =>
    text
      .replace(/\{(customer|specialist|ground|product)\}/gu, (_, name: 'customer' | 'specialist' | 'ground' | 'product') => words[name])
      .replaceAll('{themeLabel}', words.labelFr.toLowerCase())
      .replace(/\b(d|qu)e (?=[aeiouéèêhœ])/giu, '$1’')
      .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
      .replaceAll(' : ', '\u202f: ');
  return { title: replaced(template.title), body: replaced(template.body), quantity: template.quantity };
}

function stated(tx: TerritoryTransaction, kind: string, row: { id: string; created_by: string; created_at: Temporal.Instant }, random: SeededRandom) {
  return { territory_id: tx.territoryId, id: newId<'event'>(row.created_at, random.fill), kind, subject_id: row.id, person_id: row.created_by as never, occurred_at: row.created_at };
}

function unitOf(kind: string): SupportUnit {
  const found = DEFAULT_KINDS.find(({ code }) => code === kind);
  if (found === undefined) throw new Error(`The demonstration has no kind ${kind}`);
  return found.unit;
}

function workingDayBefore(calendar: DemonstrationCalendar, day: Temporal.PlainDate): Temporal.PlainDate {
  const working = day.dayOfWeek <= 5 ? day : day.subtract({ days: day.dayOfWeek - 5 });
  return Temporal.PlainDate.compare(working, calendar.today) < 0 ? working : calendar.today.subtract({ days: 1 });
}
