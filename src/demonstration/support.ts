/** The needs and offers of the demonstration: about 120 and 80, in the words of each organisation's theme. */
import { DEFAULT_KINDS } from '../domains/support/kind.ts';
import { present } from '../lib/assert.ts';
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

const NEED_KINDS = [
  'test-ground',
  'market-access',
  'legal',
  'expertise',
  'commercial-structuring',
  'financing-files',
  'network',
  'international',
  'visibility',
  'commercial-development',
  'expertise',
  'market-access',
  'desk',
] as const;

/** What the startups of the real story ask first. */
const FIRST_NEEDS: Readonly<Record<string, readonly [kind: string, title: string, body: string, quantity: number]>> = {
  mybus: [
    'test-ground',
    'Valider un titre par téléphone sur une ligne réelle',
    'Un abribus instrumenté pendant six semaines, pour mesurer la validation par téléphone.',
    6,
  ],
  'yes-it-is': [
    'legal',
    'Relire un contrat de distribution aux États-Unis',
    'Deux demi-journées avec un juriste pour un premier contrat aux États-Unis.',
    2,
  ],
  laou: [
    'market-access',
    'Rencontrer des directions des ressources humaines',
    'Rencontrer trois directions des ressources humaines du territoire qui recrutent hors de la région.',
    3,
  ],
  docndoc: [
    'commercial-development',
    'Répondre à un appel d’offres hospitalier',
    'Premier appel d’offres d’un hôpital : cahier des charges, mémoire technique, prix.',
    4,
  ],
};

/** The needs of one quarter: 0 is the current one, 1 and 2 the two before; a third of the needs each. */
export async function loadNeeds(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  quarter: 0 | 1 | 2,
  random: SeededRandom,
): Promise<void> {
  const drafts = directory.startups.flatMap((startup, place) => [0, 1].map((turn) => ({ startup, place, turn })));
  const rows = drafts
    .filter(({ place, turn }) => quarterOf(place, turn) === quarter)
    .map(({ startup, place, turn }) => needRow(tx, startup, place, turn, calendar, random));
  if (quarter === 0) rows.push(coldNeed(tx, directory, calendar, random));
  await tx.insertInto('needs').values(rows).execute();
  await tx
    .insertInto('events')
    .values(rows.map((row) => stated(tx, 'need-stated', row, random)))
    .execute();
}

/** The two needs of a startup were asked in two different quarters. */
function quarterOf(place: number, turn: number): 0 | 1 | 2 {
  const turns = [2, 0, 1] as const;
  return turns[(place + turn) % turns.length] ?? 0;
}

function needRow(
  tx: TerritoryTransaction,
  startup: MadeOrganisation,
  place: number,
  turn: number,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
) {
  const first = turn === 0 ? FIRST_NEEDS[startup.slug] : undefined;
  const kind = first?.[0] ?? itemAt(NEED_KINDS, place * 10 + turn * 6);
  const template: RequestContent =
    first === undefined
      ? written(random.pick(NEEDS[kind] ?? []), startup)
      : { title: first[1], body: first[2], quantity: first[3] };
  const quarter = quarterOf(place, turn);
  const days =
    quarter === 0 ? Math.max(1, calendar.quarters[0].until(calendar.today, { largestUnit: 'day' }).days) : DAYS_TO_ASK;
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
    urgency: first === undefined ? random.pick([1, 2, 2, 2, 3]) : 3,
    needed_by: random.chance(0.6) ? workingDay(calendar.today.add({ days: 15 + random.whole(110) })) : null,
    visibility: first === undefined && random.chance(0.35) ? ('territory' as const) : ('public' as const),
    theme_codes: [...startup.themes],
    created_by: startup.manager.personId,
    created_at: createdAt,
    updated_at: createdAt,
  };
}

/** What MyBus asks beside, and Michelin is already helping with: the visitor who enters as either finds a session to confirm. */
export const COLD_NEED_TITLE = 'Vérifier la tenue de nos valideurs au froid';

function coldNeed(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): ReturnType<typeof needRow> {
  const row = needRow(tx, present(directory.startups[0], 'MyBus'), 0, 1, calendar, random);
  const body = 'Deux demi-journées avec vos ingénieurs\u202f: le plastique casse en dessous de dix degrés.';
  return {
    ...row,
    id: newId<'need'>(row.created_at, random.fill),
    kind_code: 'expertise',
    unit: 'half-day',
    quantity: 2,
    title: COLD_NEED_TITLE,
    body,
    visibility: 'public',
  };
}

export async function loadOffers(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<void> {
  const givers = directory.organisations.filter(({ offers }) => offers.length > 0);
  const rows = givers.flatMap((giver, place) => {
    // A dozen partners bring their first kind twice, from another team.
    const kinds = place < 12 ? [...giver.offers, ...giver.offers.slice(0, 1)] : giver.offers;
    return kinds.map((kind, turn) => offerRow(tx, giver, kind, turn, calendar, random));
  });
  await tx.insertInto('offers').values(rows).execute();
  await tx
    .insertInto('events')
    .values(rows.map((row) => stated(tx, 'offer-stated', row, random)))
    .execute();
}

function offerRow(
  tx: TerritoryTransaction,
  giver: MadeOrganisation,
  kind: string,
  turn: number,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
) {
  const theme = itemAt(giver.themes, turn);
  const template = written(itemAt(OFFERS[kind] ?? [], turn), giver, theme);
  // The second team that Michelin brings is there from this quarter on, so that it has room today.
  const from = giver.slug === 'michelin' && turn === giver.offers.length ? calendar.quarters[0] : calendar.quarters[2];
  const createdAt = momentOn(
    calendar,
    workingDay(from.subtract({ days: 20 + random.whole(40) })),
    9 + random.whole(8),
    random.whole(60),
  );
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
    visibility: giver.offers.length > 3 || random.chance(0.8) ? ('public' as const) : ('territory' as const),
    theme_codes: [...giver.themes],
    created_by: giver.manager.personId,
    created_at: createdAt,
    updated_at: createdAt,
  };
}

function written(
  template: RequestContent,
  organisation: MadeOrganisation,
  theme: string = itemAt(organisation.themes, 0),
): RequestContent {
  const words = themeOf(theme);
  const replaced = (text: string) =>
    text
      .replace(
        /\{(customer|specialist|ground|product)\}/gu,
        (_, name: 'customer' | 'specialist' | 'ground' | 'product') => words[name],
      )
      .replaceAll('{themeLabel}', words.labelFr.toLowerCase())
      .replace(/\b(d|qu)e (?=[aeiouéèêhœ])/giu, '$1’')
      .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
      .replaceAll(' de le ', ' du ')
      .replaceAll(' de les ', ' des ')
      .replaceAll(' : ', '\u202f: ');
  return { title: replaced(template.title), body: replaced(template.body), quantity: template.quantity };
}

function stated(
  tx: TerritoryTransaction,
  kind: string,
  row: { id: string; created_by: string; created_at: Temporal.Instant },
  random: SeededRandom,
) {
  return {
    territory_id: tx.territoryId,
    id: newId<'event'>(row.created_at, random.fill),
    kind,
    subject_id: row.id,
    person_id: row.created_by as never,
    occurred_at: row.created_at,
  };
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

/** The item at a place of a list that begins again at its end. */
function itemAt<Item>(list: readonly Item[], place: number): Item {
  return present(list[place % list.length], 'an item of the demonstration');
}
