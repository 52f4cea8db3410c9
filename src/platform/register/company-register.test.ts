import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firm, json, startRegister, type RegisterStandIn } from '../../../test/register-stand-in.ts';
import { companyRegister, RegisterOutage, type CompanyRegister } from './company-register.ts';
import { rateGate, type GateClock } from './rate-gate.ts';

/** A clock that jumps to the end of every wait, and counts. */
function jumpingClock(): GateClock & { readonly waits: number[] } {
  const waits: number[] = [];
  let time = 0;
  return {
    waits,
    now: () => time,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
  };
}

let standIn: RegisterStandIn;
let clock: ReturnType<typeof jumpingClock>;
let register: CompanyRegister;
before(async () => {
  standIn = await startRegister({
    '732829320': firm('732829320'),
    '356000000': firm('999999999'),
    '552100554': firm('552100554', {
      nom_raison_sociale: '[ND]',
      nom_complet: '[ND]',
      statut_diffusion: 'P',
      siege: null,
    }),
    '380129866': firm('380129866', { etat_administratif: 'C', date_fermeture: '2020-05-01' }),
  });
  clock = jumpingClock();
  register = companyRegister({ url: standIn.url, userAgent: 'Terreau (+https://t.example)', timeoutMs: 300, clock });
});
after(() => standIn.close());

const outage = (siren: string) =>
  register.find(siren).then(
    () => assert.fail('an answer instead of an outage'),
    (error: unknown) => {
      assert.ok(error instanceof RegisterOutage, String(error));
      return error;
    },
  );

test('a firm is read as the register writes it, by whoever says who they are', async () => {
  const unit = await register.find('732829320');
  assert.deepEqual(
    [unit?.legalName, unit?.nafCode, unit?.isClosed, unit?.isDiffusible, unit?.headcountCode],
    ['MYBUS', '62.01Z', false, true, '11'],
  );
  assert.deepEqual([unit?.headOffice.communeCode, unit?.headOffice.latitude], ['63113', 45.78]);
  const { q, userAgent } = standIn.asked.at(-1) ?? {};
  assert.deepEqual([q, userAgent], ['732829320', 'Terreau (+https://t.example)']);
});

test('the answer of another firm is none; nor is an absent firm wrong; what may not be told is not', async () => {
  assert.equal(await register.find('356000000'), undefined);
  assert.equal(await register.find('542051180'), undefined);
  const hidden = await register.find('552100554');
  assert.deepEqual([hidden?.isDiffusible, hidden?.legalName], [false, null]);
  const closed = await register.find('380129866');
  assert.deepEqual([closed?.isClosed, closed?.closedOn], [true, '2020-05-01']);
});

test('429 is obeyed by everybody: nobody asks before the time it tells', async () => {
  standIn.next(json(429, { erreur: 'Trop de requêtes' }, { 'retry-after': '12' }));
  assert.equal((await outage('732829320')).retryAfterMs, 12_000);
  const before = clock.now();
  await register.find('732829320');
  assert.ok(clock.now() - before >= 11_999, String(clock.now() - before));
});

test('outages are told as such: broken, slow, not what it says, unreachable', async () => {
  const silent = () => {};
  standIn.next(json(500, {}), silent, json(200, { resultats: [] }), (response) => response.end('<html>'));
  for (let count = 0; count < 4; count++) assert.equal((await outage('732829320')).retryAfterMs, undefined);
  const nowhere = companyRegister({ url: 'http://127.0.0.1:9', userAgent: 'x', timeoutMs: 300 });
  await assert.rejects(nowhere.find('732829320'), RegisterOutage);
});

test('however many ask at once, seven a second pass, in their order', async () => {
  const own = jumpingClock();
  const gate = rateGate(7, own);
  const passed: [number, number][] = [];
  await Promise.all(
    Array.from({ length: 30 }, async (_, place) => {
      await gate.pass();
      passed.push([place, own.now()]);
    }),
  );
  assert.deepEqual(
    passed.map(([place]) => place),
    Array.from({ length: 30 }, (_, place) => place),
  );
  for (const [place, at] of passed) {
    const inSecond = passed.filter(([, other]) => other >= at && other < at + 999).length;
    assert.ok(inSecond <= 7, `${inSecond} in the second of ${place}`);
  }
});
