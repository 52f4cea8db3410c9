/** The pages of sessions, accounts and books, on a real database: what each shows, what its forms do, to whom. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import type { ComponentChildren } from 'preact';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeMatch, type MadeMatch } from '../../../test/factories/matches.ts';
import { makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import type { Locale } from '../../i18n/translator.ts';
import { withTerritory } from '../../platform/postgres/database.ts';
import { EMPTY_FORM } from '../../lib/form-state.ts';
import { PageAnswer, type ActionOutcome } from '../../platform/web/page.ts';
import { ScreenLocale } from '../../ui/text.ts';
import { bookAccountPage } from '../ledger/pages/book-account.tsx';
import { bookEntryPage } from '../ledger/pages/book-entry.tsx';
import { booksPage } from '../ledger/pages/books.tsx';
import type { Principal } from '../territory/principal.ts';
import type { Services, Territory, TerritoryPage, TerritoryVisit } from '../territory/visit.ts';
import { organisationAccountPage } from './pages/organisation-account.tsx';
import { planSessionPage } from './pages/plan-session.tsx';
import { sessionCalendarPage } from './pages/session-calendar.tsx';
import { sessionMovePage } from './pages/session-move.tsx';
import { sessionPage } from './pages/session.tsx';
import { sessionsPage } from './pages/sessions.tsx';
import { weekPage } from './pages/week.tsx';

type Mail = Parameters<Services['sendMail']>[0];
type AnyPage = TerritoryPage<never>;

let opened: TestDatabase;
let here: Territory;
let match: MadeMatch;
let team: Principal;
let stranger: Principal;
let sent: Mail[] = [];

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  match = await makeMatch(opened.database, here, { title: 'Un avis sur nos brevets', quantity: 2 });
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  stranger = await makePerson(opened.database, here, { roles: ['expert'] });
});
after(() => opened.close());

interface Ask {
  readonly as: Principal;
  readonly params?: Record<string, string>;
  readonly query?: string;
  readonly locale?: Locale;
  readonly now?: Temporal.Instant;
}

function visitOf(page: AnyPage, { as, params = {}, query = '', locale = 'fr', now = NOW }: Ask): TerritoryVisit {
  const path = page.path.replaceAll(/:(\w+)/gu, (_, name: string) => params[name] ?? here.slug);
  return {
    territory: here,
    principal: as,
    locale,
    now,
    today: now.toZonedDateTimeISO(here.zone).toPlainDate(),
    url: new URL(`http://localhost:3000${path}${query}`),
    params,
    fillRandom: (bytes) => void crypto.getRandomValues(bytes),
    // No page of this domain reads the credentials.
    identity: {} as TerritoryVisit['identity'],
    signedIn: undefined,
    headers: new Headers(),
    services: {
      publicOrigin: 'https://terreau.example',
      readLater: () => Promise.reject(new Error('nothing is read later here')),
      sendMail: async (mail) => void sent.push(mail),
      startJob: async () => {},
    },
  };
}

/** What GET shows: its HTML, or the kind of another answer. */
async function show<Data>(page: TerritoryPage<Data>, ask: Ask): Promise<string> {
  const visit = visitOf(page as unknown as AnyPage, ask);
  const data = await withTerritory(opened.database, here.id, (tx) => page.load(visit, tx));
  if (data instanceof PageAnswer) return data.response === undefined ? data.kind : await data.response.text();
  const view = page.view(data, visit, EMPTY_FORM);
  return renderToString(
    <ScreenLocale.Provider value={visit.locale}>{view.body as ComponentChildren}</ScreenLocale.Provider>,
  );
}

class RolledBack extends Error {}

/** What POST does; anything but `done` is rolled back, as the composition root does. */
async function post<Data>(
  page: TerritoryPage<Data>,
  action: string,
  values: Record<string, string>,
  ask: Ask,
): Promise<ActionOutcome> {
  const visit = visitOf(page as unknown as AnyPage, ask);
  let outcome: ActionOutcome | undefined;
  const act = page.actions?.[action] ?? assert.fail(`no action ${action}`);
  try {
    await withTerritory(opened.database, here.id, async (tx) => {
      outcome = await act(visit, { values, files: {}, fileLists: {}, action, key: undefined }, tx);
      if (outcome.kind !== 'done') throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  assert.ok(outcome);
  sent = [];
  if (outcome.kind === 'done') await outcome.afterCommit?.();
  return outcome;
}

const MEETING = {
  day: '25 novembre 2026',
  time: '14 h 30',
  duration: '3 h 30',
  place: 'Le Bivouac',
  link: '',
  version: '0',
};
const HELD = NOW.add({ hours: 72 });

test('from a meeting planned by one side to figures that moved by exactly what both said', async () => {
  const params = { match: match.id };
  assert.match(await show(planSessionPage, { as: match.giverPerson, params }), /Quand .+ se voient-ils/);
  const planned = await post(planSessionPage, 'default', MEETING, { as: match.receiverPerson, params });
  assert.ok(planned.kind === 'done' && planned.location.startsWith(`/${here.slug}/seances/`), JSON.stringify(planned));
  assert.deepEqual(
    sent.map(({ to }) => to).toSorted(),
    [match.giverPerson.email, match.receiverPerson.email].toSorted(),
  );
  assert.match(sent[0]?.calendar?.content ?? '', /METHOD:REQUEST[\s\S]*DTSTART;TZID=Europe\/Paris:20261125T143000/);
  const session = planned.location.split('/').at(-1) ?? '';
  const ask = (as: Principal, more: Partial<Ask> = {}): Ask => ({ as, params: { session }, now: HELD, ...more });

  assert.match(await show(sessionPage, ask(match.giverPerson, { now: NOW })), /Vous pourrez le dire après la séance/);
  const moved = await post(
    sessionMovePage,
    'default',
    { ...MEETING, time: '9h', version: '1' },
    ask(match.giverPerson, { now: NOW }),
  );
  assert.ok(moved.kind === 'done');
  assert.match(sent[0]?.calendar?.content ?? '', /SEQUENCE:1/);

  const wrong = await post(sessionPage, 'giver', { giver: 'beaucoup' }, ask(match.giverPerson));
  assert.ok(
    wrong.kind === 'invalid' &&
      wrong.form.values['giver'] === 'beaucoup' &&
      (wrong.form.errors['giver'] ?? '').includes('durée'),
  );
  const said = await post(sessionPage, 'giver', { giver: '3 h 30' }, ask(match.giverPerson));
  assert.ok(said.kind === 'done');
  assert.deepEqual(
    sent.map(({ to, calendar }) => [to, calendar]),
    [[match.receiverPerson.email, undefined]],
  );
  assert.match(
    await show(sessionPage, ask(match.receiverPerson)),
    /name="receiver"[^>]*value="3.h.30"|value="3.h.30"[^>]*name="receiver"/,
  );
  assert.deepEqual(await post(sessionPage, 'giver', { giver: '3 h' }, ask(stranger)), { kind: 'not-found' });
  const agreed = await post(sessionPage, 'receiver', { receiver: '3.5' }, ask(match.receiverPerson));
  assert.ok(agreed.kind === 'done');
  assert.equal(sent.length, 0);

  const account = await show(organisationAccountPage, {
    as: match.giverPerson,
    params: { organisation: match.giver.slug },
  });
  assert.match(account, /a donné 3.h.30 en 2026/);
  assert.match(
    await show(organisationAccountPage, { as: match.receiverPerson, params: { organisation: match.receiver.slug } }),
    /a reçu 3.h.30 en 2026/,
  );
  const csv = await show(organisationAccountPage, {
    as: match.giverPerson,
    params: { organisation: match.giver.slug },
    query: '?format=csv',
  });
  assert.match(csv, /2026-11-25;Donné;[^;]+;Conseil juridique;3,50;Heures;/);
});

test('each page speaks both languages in every stage of a session', async () => {
  const params = { match: match.id };
  const planned = await post(planSessionPage, 'default', MEETING, { as: team, params });
  assert.ok(planned.kind === 'done');
  const session = planned.location.split('/').at(-1) ?? '';
  const at = { params: { session }, now: HELD };
  const everywhere = async () => {
    for (const locale of ['fr', 'en'] as const) {
      for (const as of [team, match.giverPerson, match.receiverPerson]) {
        assert.match(await show(sessionPage, { ...at, as, locale }), /<h1/);
        for (const query of ['', '?etape=a-confirmer', '?etape=passees', '?etape=passees&format=csv'])
          await show(sessionsPage, { as, locale, now: HELD, query });
      }
      assert.match(await show(weekPage, { as: team, locale, now: HELD }), /<h1/);
      assert.match(await show(booksPage, { as: team, locale }), /<h1/);
      assert.match(await show(booksPage, { as: team, locale, query: '?vue=balance' }), /<h1/);
    }
  };
  await everywhere();
  await post(sessionPage, 'giver', { giver: '3 h' }, { ...at, as: match.giverPerson });
  await everywhere();
  await post(sessionPage, 'receiver', { receiver: '2 h' }, { ...at, as: match.receiverPerson });
  await everywhere();
  assert.match(await show(sessionPage, { ...at, as: team }), /ne dites pas la même chose/);
  await post(sessionPage, 'receiver', { receiver: '3 h' }, { ...at, as: match.receiverPerson });
  await everywhere();
  const corrected = await post(
    sessionPage,
    'correct',
    { correct: 'La séance a duré deux heures' },
    { ...at, as: team },
  );
  assert.ok(corrected.kind === 'done');
  await everywhere();
  const cancelled = await post(
    sessionPage,
    'cancel',
    { cancel: 'Elle n’a pas eu lieu' },
    { ...at, as: match.giverPerson },
  );
  assert.ok(cancelled.kind === 'done');
  assert.match(sent[0]?.calendar?.content ?? '', /METHOD:CANCEL/);
  await everywhere();
});

test('an entry and an account are read by the team, by funders and by those they concern', async () => {
  const funder = await makePerson(opened.database, here, { roles: ['funder'] });
  const books = await show(booksPage, { as: funder });
  const entry = /comptes\/ecritures\/([0-9a-f-]{36})/u.exec(books)?.[1] ?? assert.fail('an entry is listed');
  const account =
    /comptes\/([0-9a-f-]{36})/u.exec(await show(booksPage, { as: funder, query: '?vue=balance' }))?.[1] ??
    assert.fail('an account is listed');
  for (const locale of ['fr', 'en'] as const) {
    for (const as of [team, funder, match.giverPerson])
      assert.match(await show(bookEntryPage, { as, locale, params: { entry } }), /<h1/);
    for (const as of [team, funder])
      assert.match(await show(bookAccountPage, { as, locale, params: { account } }), /<h1/);
  }
  assert.match(await show(booksPage, { as: funder, query: '?format=csv' }), /3,50;Heures/);
  assert.match(await show(booksPage, { as: funder, query: '?vue=balance&format=csv' }), /Heures;Donné par/);
  assert.equal(await show(bookEntryPage, { as: stranger, params: { entry } }), 'not-found');
  assert.equal(await show(bookAccountPage, { as: stranger, params: { account } }), 'not-found');
});

test('what is not for somebody does not exist; whoever is signed out is asked to sign in', async () => {
  const params = {
    session: match.id,
    match: match.id,
    organisation: match.giver.slug,
    entry: match.id,
    account: match.id,
  };
  const anonymous: Principal = { kind: 'anonymous' };
  const pages = [
    sessionPage,
    sessionMovePage,
    sessionCalendarPage,
    planSessionPage,
    organisationAccountPage,
    bookEntryPage,
    bookAccountPage,
  ] as unknown as AnyPage[];
  for (const page of pages) {
    assert.equal(await show(page, { as: anonymous, params }), 'sign-in', page.path);
    assert.equal(await show(page, { as: stranger, params }), 'not-found', page.path);
    assert.equal(
      await show(page, {
        as: stranger,
        params: { ...params, session: 'x', match: 'x', organisation: 'x', entry: 'x', account: 'x' },
      }),
      'not-found',
      page.path,
    );
  }
  for (const page of [weekPage, booksPage] as unknown as AnyPage[])
    assert.equal(await show(page, { as: stranger }), 'sign-in', page.path);
  assert.equal(await show(sessionsPage, { as: anonymous }), 'sign-in');
});

test('a form that is refused keeps what was typed and says why beside the field', async () => {
  const refuse = async (changes: Partial<typeof MEETING>) => {
    const outcome = await post(
      planSessionPage,
      'default',
      { ...MEETING, ...changes },
      { as: team, params: { match: match.id } },
    );
    assert.ok(outcome.kind === 'invalid');
    assert.equal(outcome.form.values['place'], changes.place ?? MEETING.place);
    return outcome.form.errors;
  };
  assert.match((await refuse({ day: '31 février 2027' }))['day'] ?? '', /date/);
  assert.match((await refuse({ day: '28 mars 2027', time: '2h30' }))['time'] ?? '', /n’existe pas ce jour-là/);
  assert.match((await refuse({ day: '25 novembre 2030' }))['day'] ?? '', /deux ans/);
  assert.match((await refuse({ place: '' }))['place'] ?? '', /lieu ou un lien/);
});

test('the calendar of a session is a file', async () => {
  const planned = await post(planSessionPage, 'default', MEETING, { as: team, params: { match: match.id } });
  assert.ok(planned.kind === 'done');
  const text = await show(sessionCalendarPage, {
    as: match.giverPerson,
    params: { session: planned.location.split('/').at(-1) ?? '' },
  });
  assert.match(text, /^BEGIN:VCALENDAR\r\n[\s\S]*METHOD:PUBLISH[\s\S]*END:VCALENDAR/);
});
