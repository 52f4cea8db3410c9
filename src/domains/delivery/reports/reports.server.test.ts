/** Funders' reports on the demonstration: they add up to the cent, stay as issued, show what changed, count a day once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { elementsOf, readPdf } from '../../../../test/pdf-reader.ts';
import { loadDemonstration } from '../../../demonstration/load.ts';
import type { TerritoryId } from '../../../lib/ids.ts';
import { sha256, writePdf } from '../../../platform/files/pdf-writer.ts';
import { readChecks, runChecks } from '../../../platform/postgres/checks.ts';
import { withTerritory, type TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { withdrawDocument } from '../../alliance/documents/document-commands.server.ts';
import { findDocument } from '../../alliance/documents/document-queries.server.ts';
import { recordExpense, reverseExpense } from '../../alliance/expense-commands.server.ts';
import { principalOf } from '../../territory/principal.server.ts';
import { demonstrationPersonas } from '../../identity/personas.ts';
import type { PersonPrincipal } from '../../territory/principal.ts';
import { deliveredBy, reportChanges, totalsOf, type ReportFacts, type SessionLine } from './report.ts';
import { issueReport } from './report-acts.server.ts';
import { countedTwice, listFunders, reportFacts, type Funder } from './report-facts.server.ts';

const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');
const TODAY = Temporal.PlainDate.from('2026-11-23');
const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };

let opened: TestDatabase;
let territoryId: TerritoryId;
let team: PersonPrincipal;
let funderRole: PersonPrincipal;
let funders: readonly Funder[];
const TERRITORY = {
  slug: 'clermont-auvergne',
  name: 'Clermont Auvergne',
  regionCode: '84',
  zone: 'Europe/Paris',
  halfDayMinutes: 210,
  isDemonstration: true,
};

before(async () => {
  opened = await openTestDatabase();
  territoryId = (await loadDemonstration(opened.database, { now: NOW })).territoryId;
  const of = (slug: string) => demonstrationPersonas.find((persona) => persona.slug === slug)!.email;
  team = (await inside((tx) => principalOf(tx, of('equipe')))) as PersonPrincipal;
  funderRole = (await inside((tx) => principalOf(tx, of('financeur')))) as PersonPrincipal;
  funders = await inside(listFunders);
});
after(async () => {
  assert.deepEqual(await runChecks(opened.database, await readChecks('db/checks')), []);
  await opened.close();
});

const inside = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, territoryId, work);
const scopeOf = (funder: Funder, first: number, last = first) => ({
  funderId: funder.id,
  programme: undefined,
  from: new Temporal.PlainDate(first, 1, 1),
  until: new Temporal.PlainDate(last, 12, 31),
});
async function factsOf(funder: Funder, first: number, last = first): Promise<ReportFacts> {
  const facts = await inside((tx) => reportFacts(tx, TERRITORY, scopeOf(funder, first, last)));
  assert.ok(facts.ok);
  return facts.value;
}
const issue = (funder: Funder, first: number, last = first, principal = team) =>
  inside((tx) => {
    const visit = { principal, territory: { ...TERRITORY, id: territoryId }, today: TODAY, ...AT };
    return issueReport(tx, visit, scopeOf(funder, first, last), 'fr');
  });
const reasonOf = (result: { ok: boolean; reason?: string }) => (result.ok ? 'done' : result.reason);

test('three years add up to the cent: EUR 3,000,000 public and EUR 450,000 private, by funder and by year', async () => {
  assert.equal(funders.length, 2);
  for (const funder of funders) {
    const whole = await factsOf(funder, 2016, 2018);
    const totals = totalsOf(whole);
    assert.equal(totals.receivedCents, 150_000_000n);
    assert.deepEqual(whole.others, [
      { kind: 'public-funder', cents: '150000000' },
      { kind: 'partner', cents: '45000000' },
    ]);
    assert.equal(totals.receivedCents + totals.othersCents, 345_000_000n);
    assert.equal(totals.spentCents, 82_800_000n + 116_150_000n + 121_900_000n);
    const years = await Promise.all([2016, 2017, 2018].map((year) => factsOf(funder, year)));
    assert.equal(
      years.reduce((sum, year) => sum + totalsOf(year).receivedCents, 0n),
      totals.receivedCents,
    );
    assert.equal(
      years.reduce((sum, year) => sum + totalsOf(year).spentCents, 0n),
      totals.spentCents,
    );
  }
});

test('what is delivered is listed by whom to whom, and the list is the sum of its sessions', async () => {
  const facts = await factsOf(funders[0]!, 2026);
  assert.ok(facts.sessions.length > 10, `${facts.sessions.length} sessions`);
  const lines = deliveredBy(facts.sessions);
  const sum = (unit: string) =>
    lines.filter((line) => line.unit === unit).reduce((all, { amount }) => all + amount, 0n);
  for (const [unit, amount] of totalsOf(facts).byUnit) assert.equal(sum(unit), amount);
  assert.equal(
    lines.reduce((all, { sessions }) => all + sessions, 0),
    facts.sessions.length,
  );
  assert.ok(
    facts.sessions.every(({ personId }) => personId !== ''),
    'each says who answers for it',
  );
});

test('a report is frozen when it is issued; what is corrected later shows as a difference', async () => {
  const [funder] = funders as [Funder];
  const expense = {
    spentOn: TODAY,
    nature: 'events',
    amountCents: 12_345n,
    supplier: 'Traiteur',
    programme: '',
    fileId: null,
    today: TODAY,
  } as const;
  const spent = await inside((tx) => recordExpense(tx, team, expense, AT));
  assert.ok(spent.ok);
  const issued = await issue(funder, 2026);
  assert.ok(issued.ok, JSON.stringify(issued));
  const document = (await inside((tx) => findDocument(tx, issued.value.id)))!;
  const frozen = document.facts as ReportFacts;
  assert.deepEqual(reportChanges(frozen, await factsOf(funder, 2026)), []);
  assert.ok(
    (await inside((tx) => reverseExpense(tx, team, { id: spent.value.id, reason: 'Doublon', today: TODAY }, AT))).ok,
  );
  const again = await inside((tx) => recordExpense(tx, team, { ...expense, amountCents: 12_300n }, AT));
  assert.ok(again.ok);
  const now = await factsOf(funder, 2026);
  assert.deepEqual(
    reportChanges(frozen, now).map(({ part, change, line }) => [part, change, 'cents' in line ? line.cents : '']),
    [
      ['spent', 'added', '12300'],
      ['spent', 'removed', '12345'],
    ],
  );
  assert.equal(totalsOf(now).spentCents - totalsOf(frozen).spentCents, -45n);
  const kept = (await inside((tx) => findDocument(tx, document.id)))!;
  const file = await writePdf(kept.paper);
  assert.equal(sha256(file), document.sha256, 'the issued report is the same file');
  const { root } = readPdf(file);
  assert.ok(root.text.includes('123,45\u00a0€'));
  assert.ok(elementsOf(root, 'Table').length >= 5);
  const newer = await issue(funder, 2026);
  assert.ok(newer.ok && newer.value.isNew, 'a new version of the same report stops nobody');
});

test('IK-10: a day that another report of the same funder counts is a hard stop, until that one is withdrawn', async () => {
  const [funder, other] = funders as [Funder, Funder];
  const first = await issue(funder, 2026);
  assert.ok(first.ok);
  assert.equal(reasonOf(await issue(funder, 2025, 2026)), 'double-funding');
  const twice = await inside(async (tx) => countedTwice(tx, await factsOf(funder, 2025, 2026)));
  assert.ok(twice.length > 0 && twice.every(({ reports }) => reports.length === 2));
  assert.equal(
    reasonOf(await issue(other, 2025, 2026)),
    'done',
    'the same hour may stand in the reports of several funders',
  );
  const reports = await inside((tx) =>
    tx
      .selectFrom('documents')
      .select('id')
      .where('kind', '=', 'funder-report')
      .where('organisation_id', '=', funder.id)
      .execute(),
  );
  for (const { id } of reports) {
    const withdrawn = await inside((tx) => withdrawDocument(tx, team, { id, reason: 'Mauvaise période' }, AT));
    assert.ok(withdrawn.ok);
  }
  assert.equal(
    reasonOf(await inside((tx) => withdrawDocument(tx, team, { id: reports[0]!.id, reason: 'x' }, AT))),
    'already-withdrawn',
  );
  const issued = await issue(funder, 2025, 2026);
  assert.ok(issued.ok && issued.value.isNew);
});

test('only the team issues a report, about an organisation that funds', async () => {
  assert.equal(reasonOf(await issue(funders[0]!, 2017, 2017, funderRole)), 'not-allowed');
  assert.equal(reasonOf(await issue({ ...funders[0]!, id: territoryId as never }, 2017)), 'not-found');
});

test('differences of two states are what one has and the other has not, whichever way one looks', () => {
  const line = fc.record({
    entryId: fc.uuid(),
    giver: fc.constantFrom('a', 'b'),
    amount: fc.integer({ min: 1, max: 900 }),
  });
  const state = fc.uniqueArray(line, { selector: ({ entryId }) => entryId, maxLength: 12 });
  const facts = (lines: readonly { entryId: string; giver: string; amount: number }[]): ReportFacts => ({
    sender: '',
    senderSiren: null,
    funder: '',
    funderId: '',
    funderSiren: null,
    programme: null,
    from: '2026-01-01',
    until: '2026-12-31',
    received: [],
    others: [],
    spent: [],
    sessions: lines.map((each): SessionLine => ({
      entryId: each.entryId,
      sessionId: '',
      needId: '',
      day: '2026-03-01',
      giver: each.giver,
      receiver: 'r',
      kindFr: '',
      kindEn: '',
      unit: 'minute',
      amount: String(each.amount),
      personId: 'p',
    })),
  });
  fc.assert(
    fc.property(state, state, fc.nat(12), (some, others, shared) => {
      const [then, now] = [facts([...some]), facts([...some.slice(0, shared), ...others])];
      const changes = reportChanges(then, now);
      const minutes = (of: ReportFacts) => totalsOf(of).byUnit.get('minute') ?? 0n;
      const gap = changes.reduce((sum, { change, line: each }) => {
        const amount = 'amount' in each ? BigInt(each.amount) : 0n;
        return change === 'added' ? sum + amount : sum - amount;
      }, 0n);
      assert.equal(minutes(now) - minutes(then), gap);
      assert.equal(reportChanges(now, then).length, changes.length);
    }),
  );
});
