/** Documents on a real database: numbered without gaps by ten at once, the same again to the byte, for whoever may read. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { AT, makeAgreement, TODAY } from '../../../../test/factories/agreements.ts';
import { makeOrganisation, makePerson, makeTerritory } from '../../../../test/factories/territory.ts';
import { elementsOf, readPdf } from '../../../../test/pdf-reader.ts';
import type { OrganisationId } from '../../../lib/ids.ts';
import { sha256, writePdf } from '../../../platform/files/pdf-writer.ts';
import { readChecks, runChecks } from '../../../platform/postgres/checks.ts';
import { withTerritory, type TerritoryTransaction } from '../../../platform/postgres/database.ts';
import type { PersonPrincipal } from '../../territory/principal.ts';
import type { Territory } from '../../territory/visit.ts';
import { decideGrant } from '../aid-commands.server.ts';
import { declareAid } from '../aid-declaration.server.ts';
import { callInstalment, cancelCall, receivePayment, reversePayment } from '../instalment-commands.server.ts';
import { canonicalFacts, documentNumber, maySeeDocument, type DocumentId, type Fact } from './document.ts';
import { documentsFor, findDocument, listDocuments, type IssuedDocument } from './document-queries.server.ts';
import { issueFor, type IssuedHere } from './issue.server.ts';

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let partner: OrganisationId;
let member: PersonPrincipal;
let stranger: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase({ poolSize: 10 });
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  const made = await makeOrganisation(opened.database, here, { parts: ['company-partner'] });
  partner = made.id;
  member = await makePerson(opened.database, here, { memberOf: [[partner, 'manager']] });
  const other = await makeOrganisation(opened.database, here, { parts: ['company-partner'] });
  stranger = await makePerson(opened.database, here, { memberOf: [[other.id, 'manager']] });
});
after(async () => {
  const checks = await readChecks('db/checks');
  assert.deepEqual(await runChecks(opened.database, checks), []);
  await opened.close();
});

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);
const issue = (kind: IssuedHere, subject: string, locale: 'fr' | 'en' = 'fr', principal = team, today = TODAY) =>
  inHere((tx) => issueFor(tx, { principal, territory: here, today, ...AT }, { kind, subject, locale }));
const reasonOf = (result: { ok: boolean; reason?: string }) => (result.ok ? 'done' : result.reason);

async function mustIssue(...given: Parameters<typeof issue>): Promise<IssuedDocument> {
  const issued = await issue(...given);
  assert.ok(issued.ok, JSON.stringify(issued));
  return read(issued.value.id);
}
const read = async (id: DocumentId) => (await inHere((tx) => findDocument(tx, id))) ?? assert.fail('not found');

async function called(amountCents = 1_000_000n) {
  const { instalments } = await makeAgreement(opened.database, here, team, {
    organisationId: partner,
    instalments: [amountCents],
  });
  const id = instalments[0]!;
  assert.ok((await inHere((tx) => callInstalment(tx, team, { id, calledOn: TODAY, today: TODAY }, AT))).ok);
  return id;
}

test('ten calls at once are numbered from one without a gap, in each year and kind of its own', async () => {
  const ids = [];
  for (let turn = 0; turn < 10; turn++) ids.push(await called());
  const answers = await Promise.all(ids.map((id) => issue('payment-call', id)));
  assert.deepEqual(new Set(answers.map(reasonOf)), new Set(['done']));
  const numbers = (await inHere((tx) => listDocuments(tx, { kind: 'payment-call' }))).map(documentNumber).toSorted();
  assert.deepEqual(
    numbers,
    Array.from({ length: 10 }, (_, place) => `AP-2026-${String(place + 1).padStart(4, '0')}`),
  );
  const later = await mustIssue('payment-call', await called(), 'fr', team, TODAY.add({ years: 1 }));
  assert.equal(documentNumber(later), 'AP-2027-0001');
});

test('what fails takes no number', async () => {
  const id = await called();
  const before = await inHere((tx) => listDocuments(tx, { kind: 'payment-call' }));
  await assert.rejects(
    inHere(async (tx) => {
      await issueFor(
        tx,
        { principal: team, territory: here, today: TODAY, ...AT },
        { kind: 'payment-call', subject: id, locale: 'fr' },
      );
      throw new Error('the power fails');
    }),
    /power/u,
  );
  assert.equal((await inHere((tx) => listDocuments(tx, { kind: 'payment-call' }))).length, before.length);
  const next = await mustIssue('payment-call', id);
  assert.equal(next.number, Math.max(...before.filter(({ year }) => year === 2026).map(({ number }) => number)) + 1);
});

test('asked again, by six people at once, it is the same document and the same bytes; a call made anew is another', async () => {
  const id = await called();
  const answers = await Promise.all(Array.from({ length: 6 }, () => issue('payment-call', id)));
  const documents = new Set(answers.map((answer) => (answer.ok ? answer.value.id : answer.reason)));
  assert.equal(documents.size, 1);
  const document = await read([...documents][0] as DocumentId);
  const [one, two] = [await writePdf(document.paper), await writePdf((await read(document.id)).paper)];
  assert.ok(one.equals(two));
  assert.equal(sha256(one), document.sha256, 'the file that was issued is the file that is drawn again');
  const english = await mustIssue('payment-call', id, 'en');
  assert.notEqual(english.id, document.id);
  assert.deepEqual(english.facts, document.facts);
  assert.ok((await inHere((tx) => cancelCall(tx, team, { id, today: TODAY, reason: 'Erreur' }, AT))).ok);
  assert.equal(reasonOf(await issue('payment-call', id)), 'not-called');
  assert.ok((await inHere((tx) => callInstalment(tx, team, { id, calledOn: TODAY, today: TODAY }, AT))).ok);
  assert.notEqual((await mustIssue('payment-call', id)).id, document.id);
  assert.equal((await inHere((tx) => documentsFor(tx, id))).length, 3);
});

test('a call says who, how much and when, in both languages, tagged', async () => {
  const id = await called(1_234_567n);
  for (const [locale, amount, title] of [
    ['fr', '12\u00a0345,67\u00a0€', 'Appel de versement'],
    ['en', '€12,345.67', 'Call for payment'],
  ] as const) {
    const document = await mustIssue('payment-call', id, locale);
    const { root, catalogue } = readPdf(await writePdf(document.paper));
    assert.match(catalogue, new RegExp(`/Lang \\(${locale}\\)`, 'u'));
    assert.equal(elementsOf(root, 'H1')[0]?.text, `${title} ${documentNumber(document)}`);
    assert.ok(root.text.includes(amount), root.text);
  }
});

test('a receipt stands for a payment that stands', async () => {
  const id = await called();
  const payment = { id, paidOn: TODAY, amountCents: 400_000n, note: '', today: TODAY };
  const paid = await inHere((tx) => receivePayment(tx, team, payment, AT));
  assert.ok(paid.ok);
  const subject = `${id}:${paid.value.id}`;
  const document = await mustIssue('receipt', subject);
  assert.deepEqual([document.facts['amountCents'], document.facts['leftCents']], ['400000', '600000']);
  const reversal = { id, paymentId: paid.value.id, reason: 'Erreur', today: TODAY };
  assert.ok((await inHere((tx) => reversePayment(tx, team, reversal, AT))).ok);
  assert.equal(reasonOf(await issue('receipt', subject, 'en')), 'payment-reversed');
  assert.equal(sha256(await writePdf((await read(document.id)).paper)), document.sha256, 'what was issued stays');
});

test('DM-16: the notice of a grant names its amount, its nature and its regulation; the certificate adds up', async () => {
  const startup = await makeOrganisation(opened.database, here);
  const own = await makePerson(opened.database, here, { memberOf: [[startup.id, 'member']] });
  const declaredOn = Temporal.PlainDate.from('2026-01-02');
  assert.ok(
    (await inHere((tx) => declareAid(tx, team, { organisationId: startup.id, declaredOn, lines: [] }, TODAY, AT))).ok,
  );
  const wanted = {
    organisationId: startup.id,
    grantedOn: TODAY,
    authority: 'Métropole',
    instrument: 'grant',
    basis: 'de-minimis-2023',
    cents: 1_500_000n,
    nace: '62.01',
    purpose: 'innovation',
    title: 'Amorçage',
    publicSharePerMillion: 1_000_000n,
    isJudged: false,
  } as const;
  const decided = await inHere((tx) => decideGrant(tx, team, wanted, TODAY, AT));
  assert.ok(decided.ok);
  const notice = await mustIssue('aid-notice', decided.value);
  const { root } = readPdf(await writePdf(notice.paper));
  for (const part of ['15\u00a0000,00\u00a0€', 'de minimis', '2023/2831'])
    assert.ok(root.text.includes(part), `${part} in ${root.text}`);
  assert.equal(reasonOf(await issue('aid-notice', decided.value, 'en', own)), 'not-allowed');
  const certificate = await mustIssue('aid-certificate', startup.slug, 'fr', own);
  assert.deepEqual([certificate.facts['usedCents'], certificate.facts['roomCents']], ['1500000', '28500000']);
  assert.equal(
    (await mustIssue('aid-certificate', startup.slug, 'fr', team)).id,
    certificate.id,
    'the same facts of the same day',
  );
  assert.equal(reasonOf(await issue('aid-certificate', startup.slug, 'fr', stranger)), 'not-found');
});

test('only the team issues calls and receipts; an organisation reads its own; another territory meets nothing', async () => {
  const id = await called();
  assert.equal(reasonOf(await issue('payment-call', id, 'fr', member)), 'not-allowed');
  const document = await mustIssue('payment-call', id);
  assert.deepEqual(
    [team, member, stranger].map((principal) => maySeeDocument(principal, document)),
    [true, true, false],
  );
  const elsewhere = await makeTerritory(opened.ownerUrl);
  await withTerritory(opened.database, elsewhere.id, async (tx) => {
    assert.equal(await findDocument(tx, document.id), undefined);
    assert.deepEqual(await listDocuments(tx), []);
    const visit = { principal: team, territory: elsewhere, today: TODAY, ...AT };
    assert.equal(reasonOf(await issueFor(tx, visit, { kind: 'payment-call', subject: id, locale: 'fr' })), 'not-found');
  });
  for (const subject of ['', 'x', '::', `${id}:`, NOBODY])
    for (const kind of ['payment-call', 'receipt', 'aid-notice', 'aid-certificate'] as const)
      assert.ok(['not-found', 'done'].includes(String(reasonOf(await issue(kind, subject)))), `${kind} ${subject}`);
});
const NOBODY = '01900000-0000-7000-8000-00000000dead';

test('facts have one form, whatever the order in which they were written', () => {
  const fact = fc.letrec<{ fact: Fact }>((tie) => ({
    fact: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('fact')),
      fc.dictionary(fc.string(), tie('fact')),
    ),
  })).fact;
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fact), (facts) => {
      const turned = Object.fromEntries(Object.entries(facts).toReversed());
      assert.equal(canonicalFacts(turned), canonicalFacts(facts));
      assert.deepEqual(JSON.parse(canonicalFacts(facts)), JSON.parse(JSON.stringify(facts)));
    }),
  );
});
