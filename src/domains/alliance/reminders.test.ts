/** Reminders leave when a person presses, to those who manage, in their language, once a day. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { AT, makeAgreement, TODAY } from '../../../test/factories/agreements.ts';
import { makeOrganisation, makePerson, makeTerritory } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import { sendAll, type Services, type Territory } from '../territory/visit.ts';
import { isToRenew } from './agreement.ts';
import { findAgreement } from './agreement-queries.server.ts';
import { callInstalment, receivePayment } from './instalment-commands.server.ts';
import { findInstalment } from './instalment-queries.server.ts';
import { paymentReminderMails, renewalReminderMails } from './reminder-mails.server.ts';
import { remindRenewal } from './renewal-command.server.ts';

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
const sent: { to: string; subject: string; text: string }[] = [];

before(async () => {
  opened = await openTestDatabase({ poolSize: 10 });
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);
const visit = () => ({
  territory: here,
  services: {
    publicOrigin: 'https://ici.example',
    sendMail: async (mail: (typeof sent)[number]) => void sent.push(mail),
  } as unknown as Services,
});
const reasonOf = (result: { ok: boolean; reason?: string }) => (result.ok ? 'done' : result.reason);

test('the reminder of a payment says what is left, and leads there', async () => {
  const { id: organisationId } = await makeOrganisation(opened.database, here, { parts: ['company-partner'] });
  await makePerson(opened.database, here, { memberOf: [[organisationId, 'member']] });
  const manager = await makePerson(opened.database, here, { memberOf: [[organisationId, 'manager']] });
  const { instalments } = await makeAgreement(opened.database, here, team, { organisationId });
  const id = instalments[0]!;
  const payment = { id, paidOn: TODAY, amountCents: 400_000n, note: '', today: TODAY };
  const mails = await inHere(async (tx) => {
    assert.ok((await callInstalment(tx, team, { id, calledOn: TODAY, today: TODAY }, AT)).ok);
    assert.ok((await receivePayment(tx, team, payment, AT)).ok);
    return paymentReminderMails(tx, visit(), (await findInstalment(tx, id))!);
  });
  assert.equal(sent.length, 0, 'none leaves by itself');
  await sendAll(visit(), mails)();
  const { email } = await inHere((tx) =>
    tx.selectFrom('people').select('email').where('id', '=', manager.personId).executeTakeFirstOrThrow(),
  );
  assert.deepEqual(
    sent.map(({ to }) => to),
    [email],
    'those who manage, not every member',
  );
  const [mail] = sent;
  assert.match(mail?.text ?? '', /6\s000,00\s€/u);
  assert.ok(mail?.text.includes(`https://ici.example/${here.slug}/creances/${id}`));
});

test('an agreement is reminded once a day, by the team, while it is in force', async () => {
  const { id: organisationId } = await makeOrganisation(opened.database, here, { parts: ['company-partner'] });
  await makePerson(opened.database, here, { memberOf: [[organisationId, 'member']] });
  const renewalOn = TODAY.subtract({ days: 1 });
  const made = await makeAgreement(opened.database, here, team, { organisationId, input: { renewalOn } });
  const remind = (principal = team, today = TODAY) =>
    inHere((tx) => remindRenewal(tx, principal, { id: made.id, today }, AT));
  const answers = await Promise.all([remind(), remind(), remind()]);
  assert.deepEqual(answers.map(reasonOf).toSorted(), ['done', 'reminded-today', 'reminded-today']);
  assert.equal(reasonOf(await remind(team, TODAY.add({ days: 1 }))), 'done');
  const member = await makePerson(opened.database, here, { memberOf: [[organisationId, 'manager']] });
  assert.equal(reasonOf(await remind(member)), 'not-allowed');
  const draft = await makeAgreement(opened.database, here, team, { organisationId, isDraft: true });
  assert.equal(
    reasonOf(await inHere((tx) => remindRenewal(tx, team, { id: draft.id, today: TODAY }, AT))),
    'not-signed',
  );
  const agreement = (await inHere((tx) => findAgreement(tx, made.id)))!;
  assert.deepEqual([isToRenew(agreement, TODAY), isToRenew(agreement, renewalOn.subtract({ days: 1 }))], [true, false]);
  const mails = await inHere((tx) => renewalReminderMails(tx, visit(), agreement));
  assert.equal(mails.length, 1);
  assert.ok(mails[0]!.text.includes(`/conventions/${made.id}`));
});
