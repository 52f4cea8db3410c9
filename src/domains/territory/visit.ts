/**
 * One request to a territory, as pages and actions see it: where, who, when, in which language.
 * Made once by the composition root; the clock is read there and nowhere below.
 */
import type { Locale } from '../../i18n/translator.ts';
import { newId, type FillRandom, type TerritoryId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Page } from '../../platform/web/page.ts';
import type { TwinLinks } from '../../platform/web/twin.ts';
import type { Identity, SignedIn } from '../identity/identity.ts';
import type { Principal } from './principal.ts';

export interface Territory {
  readonly id: TerritoryId;
  readonly slug: string;
  readonly name: string;
  /** INSEE code of its region, when it has one. */
  readonly regionCode: string | null;
  /** The place's time zone, in which days and hours are read and shown. */
  readonly zone: string;
  readonly halfDayMinutes: number;
  readonly isDemonstration: boolean;
}

export interface TerritoryVisit {
  readonly territory: Territory;
  readonly principal: Principal;
  readonly locale: Locale;
  readonly now: Temporal.Instant;
  /** Today in the territory's zone. */
  readonly today: Temporal.PlainDate;
  readonly url: URL;
  /** The parts of the path named by the page's pattern, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly fillRandom: FillRandom;
  readonly services: Services;
  readonly identity: Identity;
  /** Whose credentials this browser carries, known in this territory or not. */
  readonly signedIn: SignedIn | undefined;
  /** A program asks, with a token. */
  readonly isProgram?: true;
  /** The request's own headers: cookies and the name of the browser. */
  readonly headers: Headers;
}

/** What acts may set going once their transaction is committed, and what long answers read while they are sent. */
export interface Services {
  /** The address that people type, without a slash at the end: for feeds, maps of the site, data for machines. */
  readonly publicOrigin: string;
  /** A short reading transaction of its own, for a file that is written while it is sent. */
  readLater<Answer>(territoryId: TerritoryId, work: (tx: TerritoryTransaction) => Promise<Answer>): Promise<Answer>;
  /** Hands a mail to the mail server (or keeps it for the demonstration's mail page). */
  sendMail(mail: {
    to: string;
    subject: string;
    text: string;
    calendar?: { fileName: string; content: string };
  }): Promise<void>;
  /** Starts work that outlives the request; `name` is the job's, `data` plain JSON. */
  startJob(name: string, data: Readonly<Record<string, string>>): Promise<void>;
}

export type TerritoryPage<Data> = Page<TerritoryVisit, TerritoryTransaction, Data>;

/** Declares a page of a territory, so that its data's type is inferred from `load`. */
export function territoryPage<Data>(page: TerritoryPage<Data>): TerritoryPage<Data> {
  return page;
}

/** An address inside the visited territory: `pathIn(visit, 'besoins')` is `/clermont-auvergne/besoins`. */
export function pathIn(visit: Pick<TerritoryVisit, 'territory'>, ...parts: readonly string[]): string {
  return `/${[visit.territory.slug, ...parts].map((part) => encodeURIComponent(part).replaceAll('%2F', '/')).join('/')}`;
}

/** A fresh key for a form on this page: the same key never acts twice. */
export function formKey(visit: Pick<TerritoryVisit, 'now' | 'fillRandom'>): string {
  return newId<'submission'>(visit.now, visit.fillRandom);
}

/** The visited address with some of its parameters changed; an empty text removes one. Keeps what it does not name. */
export function addressWith(visit: Pick<TerritoryVisit, 'url'>, changes: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(visit.url.searchParams);
  query.delete('lang');
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? visit.url.pathname : `${visit.url.pathname}?${text}`;
}

/** Where a list goes on, as its pager's links say it, for programs. */
export function listLinks<Row>(
  visit: Pick<TerritoryVisit, 'url'>,
  { hasBefore = false, hasAfter }: { readonly hasBefore?: boolean; readonly hasAfter: boolean },
  rows: readonly Row[],
  cursorOf: (row: Row) => string,
): TwinLinks {
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    ...(hasAfter && last !== undefined && { next: addressWith(visit, { apres: cursorOf(last), avant: '' }) }),
    ...(hasBefore && first !== undefined && { previous: addressWith(visit, { avant: cursorOf(first), apres: '' }) }),
  };
}

/** Where what is written comes from: a page's form, or a program. */
export function sourceOf(visit: Pick<TerritoryVisit, 'isProgram'>): { readonly kind: 'api' | 'form' } {
  return { kind: visit.isProgram ? 'api' : 'form' };
}

export type OutgoingMail = Parameters<TerritoryVisit['services']['sendMail']>[0];

/** For `afterCommit`: hands the mails over, all of them. */
export function sendAll(
  { services }: Pick<TerritoryVisit, 'services'>,
  mails: readonly OutgoingMail[],
): () => Promise<void> {
  return async () => void (await Promise.all(mails.map((mail) => services.sendMail(mail))));
}
