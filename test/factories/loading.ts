/** A territory of its own for each test of files, and the steps of a load as one line each. */
import assert from 'node:assert/strict';
import type { ImportSettings } from '../../src/domains/support/row-reading.ts';
import { correctImport, loadImport, startImport } from '../../src/domains/support/import-commands.server.ts';
import { analyseImport, importById } from '../../src/domains/support/import-queries.server.ts';
import type { ImportId, ImportReport, Lots } from '../../src/domains/support/import.ts';
import type { Mapping, Subject } from '../../src/domains/support/file-fields.ts';
import { seedKinds } from '../../src/domains/support/kind-commands.server.ts';
import type { PersonPrincipal } from '../../src/domains/territory/principal.ts';
import type { Territory } from '../../src/domains/territory/visit.ts';
import { withTerritory, type TerritoryTransaction } from '../../src/platform/postgres/database.ts';
import type { TestDatabase } from '../database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW, type MadeOrganisation } from './territory.ts';

export const TODAY = Temporal.PlainDate.from('2026-11-23');
export const MOMENT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };

export interface Loading {
  readonly here: Territory;
  readonly team: PersonPrincipal;
  readonly city: MadeOrganisation;
  work<Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>): Promise<Answer>;
  start(subject: Subject, name: string, content: string | Uint8Array): Promise<ImportId>;
  correct(id: ImportId, settings: Partial<ImportSettings>, mapping?: Mapping): Promise<void>;
  preview(id: ImportId): Promise<Lots>;
  load(id: ImportId): Promise<ImportReport>;
}

export async function makeLoading(opened: TestDatabase): Promise<Loading> {
  const here = await makeTerritory(opened.ownerUrl);
  const team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  const city = await makeOrganisation(opened.database, here, {
    name: 'Clermont Auvergne Métropole',
    parts: ['public-body'],
  });
  const work: Loading['work'] = (act) => withTerritory(opened.database, here.id, act);
  const find = async (id: ImportId) => {
    const found = await work((tx) => importById(tx, team, id));
    assert.ok(found);
    return found;
  };
  await work(seedKinds);
  return {
    here,
    team,
    city,
    work,
    async start(subject, name, content) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const result = await work((tx) => startImport(tx, team, { subject, name, content: bytes }, MOMENT));
      assert.ok(result.ok, JSON.stringify(result));
      return result.value.id;
    },
    async correct(id, settings, mapping = {}) {
      const found = await find(id);
      const given = { mapping: { ...found.mapping, ...mapping }, settings: { ...found.settings, ...settings } };
      const result = await work((tx) => correctImport(tx, team, id, given));
      assert.ok(result.ok, JSON.stringify(result));
    },
    async preview(id) {
      const found = await find(id);
      const result = await work((tx) => analyseImport(tx, found, { today: TODAY, zone: here.zone }));
      assert.ok(result.ok, JSON.stringify(result));
      return result.value.lots;
    },
    async load(id) {
      const result = await work((tx) => loadImport(tx, team, id, here, MOMENT));
      assert.ok(result.ok, JSON.stringify(result));
      return result.value;
    },
  };
}
