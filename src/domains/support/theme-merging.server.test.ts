/** Merging themes and taking it back loses nothing, in any order, for organisations, needs and offers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { present } from '../../lib/assert.ts';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeMatch } from '../../../test/factories/matches.ts';
import { makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { writeFacts } from '../territory/fact-writing.server.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import { mergeThemes, unmergeThemes, type ThemeMergeId } from '../territory/theme-commands.server.ts';
import { ensureThemes } from '../territory/theme-labels.server.ts';
import type { Territory } from '../territory/visit.ts';
import { supportHolders } from './theme-holders.server.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const CODES = ['bois', 'foret', 'filiere-bois', 'eau'] as const;
const BY = { holders: supportHolders, at: AT };

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  await inHere((tx) => ensureThemes(tx, team, ['Bois', 'Forêt', 'Filière bois', 'Eau']));
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);

async function state(tx: TerritoryTransaction): Promise<string[]> {
  const rows = await tx
    .selectFrom('organisation_themes')
    .select(['organisation_id as id', 'theme_code as code'])
    .where('territory_id', '=', here.id)
    .execute();
  const needs = await tx
    .selectFrom('needs')
    .select(['id', 'theme_codes'])
    .where('territory_id', '=', here.id)
    .execute();
  return [
    ...rows.map(({ id, code }) => `${id} ${code}`),
    ...needs.flatMap(({ id, theme_codes }) => theme_codes.map((code) => `${id} ${code}`)),
  ].toSorted();
}

test('whatever is merged and taken back, in any order, everything carries what it carried', async () => {
  const made = await makeMatch(opened.database, here);
  const carried = fc.subarray([...CODES]);
  const step = fc.record({ from: fc.constantFrom(...CODES), into: fc.constantFrom(...CODES) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(carried, { minLength: 1, maxLength: 4 }),
      carried,
      fc.array(step, { maxLength: 3 }),
      fc.array(fc.nat(5)),
      async (lists, needCodes, steps, order) => {
        await inHere(async (tx) => {
          await writeFacts(
            tx,
            team,
            { kind: 'form' },
            lists.map((themes) => ({ facts: { name: 'Une', parts: ['startup'], themes } })),
            AT,
          );
          await tx
            .updateTable('needs')
            .set({ theme_codes: needCodes })
            .where('territory_id', '=', here.id)
            .where('id', '=', made.needId)
            .execute();
          const first = await state(tx);
          const standing: ThemeMergeId[] = [];
          for (const move of steps) {
            const merged = await mergeThemes(tx, team, move, BY);
            if (merged.ok) standing.push(merged.value.mergeId);
            if (merged.ok) assert.ok((await state(tx)).every((line) => !line.endsWith(` ${move.from}`)));
          }
          for (let turn = 0; standing.length > 0; turn++) {
            const place = (order[turn] ?? turn) % standing.length;
            const undone = await unmergeThemes(tx, team, present(standing[place], 'a standing merge'), BY);
            if (undone.ok) standing.splice(place, 1);
            else assert.equal(undone.reason, 'merged-further');
            assert.ok(turn < 50);
          }
          assert.deepEqual(await state(tx), first);
        });
      },
    ),
    { numRuns: 25 },
  );
});

test('a merged label leads to the surviving theme, for whoever writes', async () => {
  await inHere(async (tx) => {
    const merged = await mergeThemes(tx, team, { from: 'filiere-bois', into: 'bois' }, BY);
    assert.ok(merged.ok);
    assert.deepEqual(await ensureThemes(tx, team, ['FILIERE BOIS']), { ok: true, value: ['bois'] });
    const [made] = await writeFacts(
      tx,
      team,
      { kind: 'api' },
      [{ facts: { name: 'Scierie', parts: ['startup'], themes: ['filiere-bois'] } }],
      AT,
    );
    assert.ok(made?.ok);
    const themes = await tx
      .selectFrom('organisation_themes')
      .select('theme_code')
      .where('territory_id', '=', here.id)
      .where('organisation_id', '=', made.value.id)
      .execute();
    assert.deepEqual(themes, [{ theme_code: 'bois' }]);
    assert.deepEqual(await mergeThemes(tx, team, { from: 'filiere-bois', into: 'eau' }, BY), {
      ok: false,
      reason: 'unknown-theme',
    });
    const stranger = await makePerson(opened.database, here);
    assert.deepEqual(await unmergeThemes(tx, stranger, merged.value.mergeId, BY), { ok: false, reason: 'not-allowed' });
  });
});
