/** What the public figures are made of, and the rows behind them. Reads only; every figure has the same conditions as its rows. */
import { sql, type RawBuilder } from 'kysely';
import type { InstanceTransaction, TerritoryTransaction } from '../../platform/postgres/database.ts';
import {
  inPeriod,
  listBookings,
  STANDING_BOOKINGS,
  type Booking,
  type BookingCursor,
  type Period,
} from '../delivery/bookings.server.ts';
import {
  daysToFirstMeeting,
  flowOfHours,
  hoursGiven,
  hoursGivenRows,
  needsMet,
  needsMetRows,
  type FirstMeeting,
  type FlowOfHours,
} from '../delivery/figures.server.ts';
import { listNeeds, type ShownNeed } from '../support/need-queries.server.ts';
import { listOffers, type ShownOffer } from '../support/offer-queries.server.ts';
import { kindLabel } from '../support/kind.ts';
import { listKinds } from '../support/kind-queries.server.ts';
import type { Organisation, Part, Theme } from '../territory/organisation.ts';
import { isInsider, type Principal } from '../territory/principal.ts';
import { profileBySlug } from '../territory/organisation-profile.server.ts';
import type { OrganisationProfile } from '../territory/organisation-profile.ts';
import { waitingChangesOf, type Change } from '../territory/change-queries.server.ts';
import { maySeeHistory, maySeeOrganisation } from '../territory/policy.ts';
import { countByPart, isNamed, listThemes } from '../territory/queries.server.ts';
import type { Locale } from '../../i18n/locale.ts';

export interface ThemeCount extends Theme {
  readonly organisations: number;
}

export interface Glance {
  readonly parts: ReadonlyMap<Part, number>;
  readonly themes: readonly ThemeCount[];
  readonly minutesGiven: number;
  readonly needsMet: number;
  readonly medianDays: number | null;
  readonly openNeeds: number;
  readonly flow: readonly FlowOfHours[];
  readonly latestNeeds: readonly ShownNeed[];
}

const LATEST_NEEDS = 6;

export async function glanceAt(tx: TerritoryTransaction, principal: Principal, period: Period): Promise<Glance> {
  const { needs, total } = await listNeeds(tx, principal, { state: 'open', seeks: true }, undefined, LATEST_NEEDS);
  return {
    parts: await countByPart(tx),
    themes: await countByTheme(tx),
    minutesGiven: (await hoursGiven(tx, period)).minutes,
    needsMet: await needsMet(tx, period),
    medianDays: (await daysToFirstMeeting(tx, period)).medianDays,
    openNeeds: total,
    flow: await flowOfHours(tx, period),
    latestNeeds: needs,
  };
}

export interface ShownBooking extends Booking {
  /** Whether the reader may know who met whom. */
  readonly isNamed: boolean;
}

/** One cell of the flow picture, or what one organisation gave; both empty: everything. */
export interface HoursFilter {
  readonly giverPart?: string;
  readonly kindCode?: string;
  readonly giverSlug?: string;
}

/** The sessions behind the hours, the latest first. */
export async function bookedHours(
  tx: TerritoryTransaction,
  principal: Principal,
  period: Period,
  options: { readonly after?: BookingCursor; readonly size: number; readonly only: HoursFilter },
): Promise<{ readonly bookings: readonly ShownBooking[]; readonly hasAfter: boolean }> {
  const { giverSlug } = options.only;
  const { bookings, hasAfter } =
    giverSlug === undefined
      ? await hoursGivenRows(tx, period, options)
      : await listBookings(tx, givenBy(principal, period, giverSlug), options.after, options.size);
  const named = await sessionsShownTo(
    tx,
    principal,
    bookings.map(({ sessionId }) => sessionId),
  );
  return { hasAfter, bookings: bookings.map((booking) => ({ ...booking, isNamed: named.has(booking.sessionId) })) };
}

export interface ShownMeeting extends FirstMeeting {
  readonly isNamed: boolean;
}

/** The needs of which something was given, with the days it took. */
export async function metNeeds(
  tx: TerritoryTransaction,
  principal: Principal,
  period: Period,
  options: { readonly after?: { readonly day: Temporal.PlainDate; readonly needId: string }; readonly size: number },
): Promise<{ readonly needs: readonly ShownMeeting[]; readonly hasAfter: boolean }> {
  const { needs, hasAfter } = await needsMetRows(tx, period, options);
  const named = await needsShownTo(
    tx,
    principal,
    needs.map(({ needId }) => needId),
  );
  return { hasAfter, needs: needs.map((need) => ({ ...need, isNamed: named.has(need.needId) })) };
}

export interface OrganisationView {
  readonly organisation: Organisation;
  readonly profile: OrganisationProfile;
  readonly themes: readonly Theme[];
  readonly needs: readonly ShownNeed[];
  readonly offers: readonly ShownOffer[];
  /** Labels of kinds in the reader's language, by code. */
  readonly kinds: ReadonlyMap<string, string>;
  /** Confirmed by both sides since the start. */
  readonly minutesGiven: number;
  readonly minutesReceived: number;
  /** What waits for the team, for those who keep the page, with the themes that it may name. */
  readonly waiting: readonly Change[];
  readonly allThemes: readonly Theme[];
}

const SHOWN_OF_EACH = 20;

/** What a reader meets at this address: a page, another page that took its place, or nothing that they may see. */
export async function visibleProfile(
  tx: TerritoryTransaction,
  principal: Principal,
  slug: string,
): Promise<OrganisationProfile | undefined> {
  const profile = await profileBySlug(tx, slug);
  if (profile === undefined || profile.mergedIntoSlug !== null) return profile;
  const { id } = profile.organisation;
  return maySeeOrganisation(principal, { id, isListed: profile.isListed }) ? profile : undefined;
}

/** All of the page but the profile itself, which was read to know whether the page may be seen. */
export async function organisationView(
  tx: TerritoryTransaction,
  principal: Principal,
  profile: OrganisationProfile,
  period: Period,
  locale: Locale,
): Promise<OrganisationView> {
  const { organisation } = profile;
  const { slug } = organisation;
  const themes = await listThemes(tx);
  const { needs } = await listNeeds(tx, principal, { organisation: slug, state: 'open' }, undefined, SHOWN_OF_EACH);
  const { offers } = await listOffers(tx, principal, { organisation: slug, state: 'open' }, undefined, SHOWN_OF_EACH);
  return {
    organisation,
    profile,
    themes: themes.filter(({ code }) => organisation.themes.includes(code)),
    needs,
    offers,
    kinds: await kindLabels(tx, locale),
    minutesGiven: await minutesGivenBy(tx, principal, period, slug),
    minutesReceived: await minutesReceivedBy(tx, principal, period, slug),
    waiting: maySeeHistory(principal, organisation.id) ? await waitingChangesOf(tx, organisation.id) : [],
    allThemes: themes,
  };
}

export async function kindLabels(tx: TerritoryTransaction, locale: Locale): Promise<ReadonlyMap<string, string>> {
  return new Map((await listKinds(tx)).map((kind) => [kind.code, kindLabel(locale, kind)]));
}

async function countByTheme(tx: TerritoryTransaction): Promise<ThemeCount[]> {
  const rows = await tx
    .selectFrom('themes')
    .innerJoin('organisation_themes', (join) =>
      join
        .onRef('organisation_themes.territory_id', '=', 'themes.territory_id')
        .onRef('organisation_themes.theme_code', '=', 'themes.code'),
    )
    .select(['themes.code', 'themes.label_fr', 'themes.label_en', (has) => has.fn.countAll<bigint>().as('count')])
    .where('themes.territory_id', '=', tx.territoryId)
    .where(isNamed(sql.ref('organisation_themes.organisation_id')))
    .groupBy(['themes.code', 'themes.label_fr', 'themes.label_en'])
    .orderBy('count', 'desc')
    .orderBy('themes.code')
    .limit(12)
    .execute();
  return rows.map((row) => ({
    code: row.code,
    labelFr: row.label_fr,
    labelEn: row.label_en,
    organisations: Number(row.count),
  }));
}

async function sessionsShownTo(
  tx: TerritoryTransaction,
  principal: Principal,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (isInsider(principal) || ids.length === 0) return new Set(ids);
  const rows = await tx
    .selectFrom('sessions')
    .innerJoin('matches', (join) =>
      join.onRef('matches.territory_id', '=', 'sessions.territory_id').onRef('matches.id', '=', 'sessions.match_id'),
    )
    .innerJoin('needs', (join) =>
      join.onRef('needs.territory_id', '=', 'matches.territory_id').onRef('needs.id', '=', 'matches.need_id'),
    )
    .innerJoin('offers', (join) =>
      join.onRef('offers.territory_id', '=', 'matches.territory_id').onRef('offers.id', '=', 'matches.offer_id'),
    )
    .select('sessions.id')
    .where('sessions.territory_id', '=', tx.territoryId)
    .where('sessions.id', 'in', ids as never)
    .where('needs.visibility', '=', 'public')
    .where('offers.visibility', '=', 'public')
    .where(isNamed(sql.ref('needs.organisation_id')))
    .where(isNamed(sql.ref('offers.organisation_id')))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** A public need whose helpers are all public too. */
async function needsShownTo(
  tx: TerritoryTransaction,
  principal: Principal,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (isInsider(principal) || ids.length === 0) return new Set(ids);
  const rows = await tx
    .selectFrom('needs')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', 'in', ids as never)
    .where('visibility', '=', 'public')
    .where('state', '<>', 'withdrawn')
    .where((has) =>
      has.not(
        has.exists(
          has
            .selectFrom('matches')
            .innerJoin('offers', (join) =>
              join
                .onRef('offers.territory_id', '=', 'matches.territory_id')
                .onRef('offers.id', '=', 'matches.offer_id'),
            )
            .select('offers.id')
            .whereRef('matches.territory_id', '=', 'needs.territory_id')
            .whereRef('matches.need_id', '=', 'needs.id')
            .where((has) =>
              has.or([has('offers.visibility', '<>', 'public'), has.not(isNamed(sql.ref('offers.organisation_id')))]),
            ),
        ),
      ),
    )
    .where(isNamed(sql.ref('needs.organisation_id')))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Minutes of exactly the rows that `bookedHours` lists with the same conditions. */
export async function hoursInAll(
  tx: TerritoryTransaction,
  principal: Principal,
  period: Period,
  only: HoursFilter,
): Promise<number> {
  if (only.giverSlug !== undefined) return minutesGivenBy(tx, principal, period, only.giverSlug);
  const cells = await flowOfHours(tx, period);
  return cells
    .filter(
      (cell) =>
        (only.giverPart === undefined || cell.giverPart === only.giverPart) &&
        (only.kindCode === undefined || cell.kindCode === only.kindCode),
    )
    .reduce((sum, cell) => sum + cell.minutes, 0);
}

/** How many needs were met, and the median of the days to their first meeting. */
export async function meetingFigures(
  tx: TerritoryTransaction,
  period: Period,
): Promise<{ readonly met: number; readonly medianDays: number | null }> {
  return { met: await needsMet(tx, period), medianDays: (await daysToFirstMeeting(tx, period)).medianDays };
}

export interface OpenTerritory {
  readonly slug: string;
  readonly name: string;
  /** The signed-in address is known there. */
  readonly isMine: boolean;
}

/** Every territory of the instance by name: their first pages are public. */
export async function openTerritories(tx: InstanceTransaction, email: string | undefined): Promise<OpenTerritory[]> {
  const rows = await tx
    .selectFrom('territories')
    .leftJoin('territory_addresses', (join) =>
      join
        .onRef('territory_addresses.territory_id', '=', 'territories.id')
        .on('territory_addresses.email', '=', email ?? ''),
    )
    .select(['territories.slug', 'territories.name', 'territory_addresses.email'])
    .orderBy('territories.name')
    .execute();
  return rows.map(({ slug, name, email: known }) => ({ slug, name, isMine: known !== null }));
}

/** What one organisation gave, in minutes; the public sees what it gave under its public offers. */
export async function minutesGivenBy(
  tx: TerritoryTransaction,
  principal: Principal,
  period: Period,
  slug: string,
): Promise<number> {
  const { rows } = await sql<{ minutes: bigint }>`
    select coalesce(sum(t.amount), 0)::bigint as minutes from ${STANDING_BOOKINGS}
    where s.territory_id = ${tx.territoryId} and ${givenBy(principal, period, slug)}`.execute(tx);
  return Number(rows[0]?.minutes ?? 0n);
}

/** What one organisation received; the public sees what answered its public needs. */
async function minutesReceivedBy(
  tx: TerritoryTransaction,
  principal: Principal,
  period: Period,
  slug: string,
): Promise<number> {
  const isShown = isInsider(principal) ? sql`true` : sql`n.visibility = 'public'`;
  const { rows } = await sql<{ minutes: bigint }>`
    select coalesce(sum(t.amount), 0)::bigint as minutes from ${STANDING_BOOKINGS}
    where s.territory_id = ${tx.territoryId} and t.unit = 'minute' and r.slug = ${slug} and ${isShown} and ${inPeriod(period)}`.execute(
    tx,
  );
  return Number(rows[0]?.minutes ?? 0n);
}

function givenBy(principal: Principal, period: Period, slug: string): RawBuilder<unknown> {
  const isShown = isInsider(principal) ? sql`true` : sql`f.visibility = 'public'`;
  return sql`t.unit = 'minute' and g.slug = ${slug} and ${isShown} and ${inPeriod(period)}`;
}
