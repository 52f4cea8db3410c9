/** The pages of State aid on the demonstration, as each role meets them: what they show, refuse and keep. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { demonstrationPersonas, type PersonaSlug } from '../identity/personas.ts';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { SLUG } from '../../../test/route-samples.ts';
import { signIn, type Visitor } from '../../../test/visitors.ts';

let app: TestApp;
const people = new Map<PersonaSlug, Visitor>();
const AID = `/${SLUG}/aides`;
const TODAY = Temporal.Now.plainDateISO('Europe/Paris');
const YESTERDAY = TODAY.subtract({ days: 1 }).toString();
const MYBUS = `/${SLUG}/organisations/mybus/aides`;
const YES = `/${SLUG}/organisations/yes-it-is/aides`;

before(async () => {
  app = await startTestApp();
  for (const { email, slug } of demonstrationPersonas) people.set(slug, await signIn(app, email, slug));
});
after(() => app?.close());

const as = (slug: PersonaSlug): Visitor => people.get(slug) ?? assert.fail(slug);
/** Spaces of every width as plain ones, tags left out. */
const plain = (html: string) =>
  html
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/&#39;|&#x27;/gu, "'")
    .replaceAll(/[\s\u00a0\u202f]+/gu, ' ');
const read = async (slug: PersonaSlug, address: string) => plain((await as(slug).get(address)).text);

async function idOf(slug: string): Promise<string> {
  const { text } = await as('equipe').get(`${AID}/nouvelle?pour=${slug}`);
  return /<option value="([0-9a-f-]{36})" selected/u.exec(text)?.[1] ?? assert.fail(`no organisation ${slug}`);
}

const grantOf = async (slug: string, changes: Record<string, string>): Promise<[string, string][]> =>
  Object.entries({
    organisation: await idOf(slug),
    title: 'Essai',
    grantedOn: YESTERDAY,
    authority: 'Métropole',
    basis: 'de-minimis-2023',
    instrument: 'grant',
    amount: '10 000',
    nace: '62.01Z',
    purpose: 'innovation',
    ...changes,
  });

test('the team sees every undertaking with its window, the funder reads it, others do not', async () => {
  const page = await read('equipe', AID);
  assert.match(page, /Yes It Is .*260 000 € sur 300 000 €.*40 000 €/u);
  assert.match(page, /Holding fictive · Laou|Laou · Holding fictive/u);
  assert.match(await read('financeur', AID), /Yes It Is/u);
  for (const slug of ['startup', 'partenaire', 'expert', 'comite'] as const)
    assert.equal((await as(slug).get(AID)).status, 404);
  assert.equal((await as('partenaire').get(MYBUS)).status, 404);
});

test('DM-14: the register has its clock, and its fields as a file', async () => {
  assert.match(await read('equipe', `${AID}?vue=registre`), /MyBus.*8 000 €.*Clermont Auvergne Métropole/u);
  const { text } = await as('equipe').get(`${AID}?format=csv`);
  assert.match(
    text.split('\r\n')[0] ?? '',
    /Bénéficiaire;SIREN;.*Autorité;Instrument;Secteur \(NACE\);Base juridique/u,
  );
  assert.match(text, /MyBus;.*8000,00;/u);
});

test('DM-05: what passes the ceiling is refused with the way out, and what was typed stays; what fits is decided', async () => {
  const team = as('equipe');
  const refused = await team.post(`${AID}/nouvelle`, await grantOf('yes-it-is', { amount: '40 000,01' }));
  assert.equal(refused.status, 422);
  const sentence = plain(refused.text);
  assert.match(sentence, /plafond de 300 000 € : 260 000 € sont déjà comptés/u);
  assert.match(sentence, /150 000 € de Région Auvergne-Rhône-Alpes à Yes It Is/u);
  assert.match(sentence, /nouvelle aide de 40 000 € au plus. Cette aide entière redevient possible le/u);
  assert.match(refused.text, /value="40 000,01"/u);
  assert.equal((await team.post(`${AID}/nouvelle`, await grantOf('yes-it-is', { amount: '40 000' }))).status, 303);
  assert.match(await read('equipe', YES), /Yes It Is peut encore recevoir 0 €/u);
});

test('each field of a grant is refused beside itself', async () => {
  const wrong = async (changes: Record<string, string>) => {
    const answer = await as('equipe').post(`${AID}/nouvelle`, await grantOf('mybus', changes));
    assert.equal(answer.status, 422, JSON.stringify(changes));
    return plain(answer.text);
  };
  assert.match(await wrong({ amount: '-5' }), /Écrivez un montant en euros/u);
  assert.match(await wrong({ nace: 'abc' }), /Écrivez un code d’activité/u);
  assert.match(await wrong({ purpose: 'network-abroad' }), /ne peut pas payer cela/u);
  assert.match(await wrong({ grantedOn: '31/02/2026' }), /Écrivez une date/u);
  assert.match(await wrong({ instrument: 'loan' }), /Écrivez la durée/u);
  assert.match(await wrong({ instrument: 'loan', months: '60', share: '50', amount: '1 500 000,01' }), /expert/u);
});

test('a startup reads its room, contests a line, and the team answers', async () => {
  const own = await read('startup', MYBUS);
  assert.match(own, /MyBus peut encore recevoir 227 000 €/u);
  assert.match(own, /À partir du .* redeviennent possibles/u);
  const { text } = await as('startup').get(MYBUS);
  const grant = /name="grant" value="([0-9a-f-]{36})"/u.exec(text)?.[1] ?? '';
  const empty = await as('startup').post(MYBUS, [
    ['_action', 'contest'],
    ['grant', grant],
    ['reason', ''],
  ]);
  assert.equal(empty.status, 422);
  const sent = await as('startup').post(MYBUS, [
    ['_action', 'contest'],
    ['grant', grant],
    ['reason', 'Jamais reçue'],
  ]);
  assert.equal(sent.status, 303);
  assert.match(await read('equipe', MYBUS), /Contestée, compte encore.*Jamais reçue/u);
  const answer: [string, string][] = [
    ['_action', 'answer'],
    ['grant', grant],
    ['verdict', 'upheld'],
    ['answer', 'C’est exact'],
  ];
  assert.equal((await as('startup').post(MYBUS, answer)).status, 404, 'nobody answers their own contest');
  assert.equal((await as('equipe').post(MYBUS, answer)).status, 303);
  assert.match(await read('startup', MYBUS), /Retirée.*C’est exact/u);
});

test('DM-16: a declaration keeps what was typed, says each fault beside its line, and counts', async () => {
  const line: [string, string][] = [
    ['_action', 'declare'],
    ['declaredOn', TODAY.toString()],
    ['title2', 'Prêt à taux zéro'],
    ['authority2', 'Bpifrance'],
    ['grantedOn2', '10 mars 2026'],
    ['amount2', 'beaucoup'],
    ['basis2', 'de-minimis-2023'],
  ];
  const wrong = await as('startup').post(MYBUS, line);
  assert.equal(wrong.status, 422);
  assert.match(plain(wrong.text), /Cochez cette case : la déclaration doit être complète/u);
  const ticked = await as('startup').post(MYBUS, [...line, ['complete', 'yes']]);
  assert.equal(ticked.status, 422);
  assert.match(ticked.text, /id="field-amount2-error"[^>]*>\s*Écrivez un montant en euros/u);
  assert.match(wrong.text, /value="Prêt à taux zéro"/u);
  assert.equal((await as('membre').post(MYBUS, line)).status, 404, 'a member who is no manager does not declare');
  const before = await read('startup', MYBUS);
  const right = line.map(([name, value]): [string, string] => [name, name === 'amount2' ? '12 000' : value]);
  assert.equal((await as('startup').post(MYBUS, [...right, ['complete', 'yes']])).status, 303);
  const after = await read('startup', MYBUS);
  const room = (page: string) => Number(/recevoir ([\d ]+) €/u.exec(page)?.[1]?.replaceAll(' ', ''));
  assert.equal(room(before) - room(after), 12_000);
  assert.match(after, /Prêt à taux zéro Bpifrance.*Déclarée par l’entreprise/u);
});

test('the certificate adds up what the page lists, in both languages', async () => {
  assert.match(await read('startup', `${YES}/attestation`), /Cette page|404|introuvable/iu);
  const french = await read('equipe', `${YES}/attestation`);
  assert.match(french, /Attestation des aides de minimis de Yes It Is.*300 000 € sur 300 000 €/u);
  assert.match(await read('equipe', `${YES}/attestation?lang=en`), /€300,000 of €300,000/u);
});

test('DM-07: a majority recorded by the team joins two firms on the next page', async () => {
  const [holder, held] = [await idOf('yes-it-is'), await idOf('mybus')];
  const link = (votes: string): [string, string][] => [
    ['_action', 'link'],
    ['holder', `organisation:${holder}`],
    ['held', `organisation:${held}`],
    ['ground', 'votes'],
    ['votes', votes],
    ['since', '1er janvier 2026'],
  ];
  const ties = `${AID}/liens`;
  assert.equal((await as('equipe').post(ties, link('150'))).status, 422);
  assert.equal((await as('equipe').post(ties, link(''))).status, 422);
  assert.equal((await as('startup').post(ties, link('50,01'))).status, 404);
  assert.equal((await as('equipe').post(ties, link('50,01'))).status, 303);
  assert.match(await read('equipe', MYBUS), /Les aides d’une autre entreprise comptent aussi : Yes It Is/u);
  assert.match(await read('equipe', MYBUS), /MyBus peut encore recevoir 0 €/u);
});

test('DM-09: a merger recorded by the team carries past aid on; a split asks for the equity of each heir', async () => {
  const [from, heir, third] = [await idOf('laou'), await idOf('docndoc'), await idOf('mybus')];
  const side = (id: string) => `organisation:${id}`;
  const merger = (given: Record<string, string>): [string, string][] =>
    Object.entries({ _action: 'succeed', from: side(from), effectiveOn: TODAY.toString(), ...given });
  const ties = `${AID}/liens`;
  const split = await as('equipe').post(ties, merger({ heir1: side(heir), heir2: side(third), equity1: '40 000' }));
  assert.equal(split.status, 422, 'the second heir gives its equity');
  const itself = await as('equipe').post(ties, merger({ heir1: side(from) }));
  assert.equal(itself.status, 422);
  assert.match(itself.text, /ne se succède pas à elle-même/u);
  assert.equal((await as('startup').post(ties, merger({ heir1: side(heir) }))).status, 404);
  const aidOfHeir = `/clermont-auvergne/organisations/docndoc/aides`;
  const room = (page: string) => Number(/recevoir ([\d ]+) €/u.exec(page)?.[1]?.replaceAll(' ', ''));
  const before = room(await read('equipe', aidOfHeir));
  assert.equal((await as('equipe').post(ties, merger({ heir1: side(heir) }))).status, 303);
  assert.equal(before - room(await read('equipe', aidOfHeir)), 30_000, 'what Laou received follows');
  assert.equal((await as('equipe').post(ties, merger({ heir1: side(heir) }))).status, 422, 'a firm ends once');
  assert.match(await read('equipe', ties), /Laou.*DocnDoc/su);
});
