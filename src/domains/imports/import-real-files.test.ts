/** Real files that we did not write, imported whole; every expected figure is counted from the file by other means. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { fileOf, makeImporting } from '../../../test/factories/imports.ts';
import { isSiren } from '../territory/siren.ts';
import { decideEntries } from './import-commands.server.ts';

const DATA = path.resolve('../shared/data');
const needs = (folder: string) =>
  existsSync(path.join(DATA, folder)) ? {} : { skip: `../shared/data/${folder} is not here` };

type Line = Readonly<Record<string, unknown>>;

function linesOf(file: string): Line[] {
  const bytes = readFileSync(path.join(DATA, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Line);
}

const jsonl = (lines: readonly Line[]) => lines.map((line) => JSON.stringify(line)).join('\n');
const text = (line: Line, field: string) => (typeof line[field] === 'string' ? line[field] : '');

let opened: TestDatabase;
before(async () => {
  opened = await openTestDatabase();
});
after(() => opened.close());

test(
  'a network of five files: organisations, people, phases, ties and missions; twice changes nothing; undone leaves nothing',
  needs('beta-gouv'),
  async () => {
    const { start, preview, apply, undo, problems, work } = await makeImporting(opened);
    const names = ['startups', 'incubators', 'organisations', 'members', 'phases'];
    const files = () => names.map((name) => fileOf(path.join(DATA, 'beta-gouv', `${name}.jsonl`)));
    const [startups, incubators, organisations, members] = names.map((name) => linesOf(`beta-gouv/${name}.jsonl`));
    assert.ok(startups && incubators && organisations && members);
    const id = await start(...files());
    const { counts } = await preview(id);
    assert.equal(counts.create, startups.length + incubators.length + organisations.length);
    assert.equal(counts.people, members.length);
    const phases = new Set(
      startups.flatMap((one) =>
        (one['phases'] as Line[]).map((p) => `${text(one, 'id')} ${text(p, 'name')} ${text(p, 'start')}`),
      ),
    );
    assert.equal(counts.phases, phases.size);
    const missions = members.flatMap((one) => [
      ...(one['missions'] as Line[]).flatMap((m) =>
        (m['startups'] as string[]).map((s) => `${text(one, 'id')} ${s} ${text(m, 'start')}`),
      ),
      ...(one['previously'] as string[]).map((s) => `${text(one, 'id')} ${s} `),
    ]);
    assert.ok(
      Math.abs(counts.affiliations - new Set(missions).size) <= 5,
      `${counts.affiliations} of ${new Set(missions).size}`,
    );
    const keys = new Set(organisations.map((one) => one['id']));
    const unknown = incubators.map((one) => text(one, 'owner')).filter((owner) => owner !== '' && !keys.has(owner));
    assert.deepEqual(
      (await problems(id)).map(({ column, code, text: words }) => [column, code, words]),
      unknown.map((owner) => ['owner', 'reference-unknown', owner]),
    );
    assert.equal((await apply(id)).state, 'applied');
    const again = await start(...files());
    const second = await preview(again);
    assert.deepEqual(
      [
        second.counts.create,
        second.counts.change,
        second.counts.people,
        second.counts.phases,
        second.counts.ties,
        second.counts.affiliations,
      ],
      [0, 0, 0, 0, 0, 0],
    );
    assert.equal(second.counts.same, counts.create);
    assert.equal((await undo(id)).state, 'undone');
    const left = await work(async (tx) => [
      (
        await tx
          .selectFrom('organisations')
          .select('id')
          .where('territory_id', '=', tx.territoryId)
          .where('withdrawn_at', 'is', null)
          .execute()
      ).length,
      (await tx.selectFrom('organisation_phases').select('id').where('territory_id', '=', tx.territoryId).execute())
        .length,
      (await tx.selectFrom('affiliations').select('id').where('territory_id', '=', tx.territoryId).execute()).length,
      (await tx.selectFrom('people').select('id').where('territory_id', '=', tx.territoryId).execute()).length,
    ]);
    assert.deepEqual(left, [0, 0, 0, 1]);
  },
);

test(
  'laureates: one firm for each SIREN with every name it had, the wrong SIREN told, the nameless refused',
  needs('ilab-laureats'),
  async () => {
    const { start, preview, apply, entries, problems } = await makeImporting(opened);
    const lines = linesOf('ilab-laureats/laureats.jsonl');
    const id = await start(fileOf(path.join(DATA, 'ilab-laureats/laureats.jsonl')));
    const { counts } = await preview(id);
    const wrong = lines.filter((line) => text(line, 'siren') !== '' && !isSiren(text(line, 'siren')));
    const told = (await problems(id)).filter(({ code }) => code === 'not-a-siren');
    assert.deepEqual(
      told.map(({ text: siren }) => siren),
      wrong.map((line) => text(line, 'siren')),
    );
    const groups = Map.groupBy(lines, (line) =>
      isSiren(text(line, 'siren')) ? text(line, 'siren') : `k ${text(line, 'id')}`,
    );
    const named = [...groups.values()].filter((group) => group.some((line) => text(line, 'entreprise').trim() !== ''));
    assert.equal(counts.create, named.length);
    assert.equal(counts.joined, lines.length - groups.size);
    const renamed = [...groups.entries()].filter(
      ([, group]) =>
        new Set(group.map((line) => text(line, 'entreprise').trim().toLowerCase()).filter(Boolean)).size > 1,
    );
    const made = await entries(id, 'create');
    for (const [siren] of renamed) {
      const entry = made.find(({ facts }) => facts['siren'] === siren);
      assert.ok(Array.isArray(entry?.facts['otherNames']), `${siren} keeps its former name`);
    }
    assert.equal((await apply(id)).state, 'applied');
  },
);

test(
  'two years of one portfolio: the second shows what changed; another portfolio never joins on a name alone',
  needs('yc-companies'),
  async () => {
    const { start, preview, apply, entries, work, team, at } = await makeImporting(opened);
    const now = linesOf('yc-companies/companies.jsonl.gz');
    const seen = now.filter((line) => line['snapshot_2023_02'] !== undefined && line['snapshot_2023_02'] !== null);
    const then = seen.map(({ snapshot_2023_02: old, ...line }) => ({ ...line, ...(old as Line) }));
    const bare = now.map(({ snapshot_2023_02: _old, ...line }) => line as Line);
    const first = await start(fileOf('yc-companies-2023.jsonl', jsonl(then)));
    assert.equal((await preview(first)).counts.create, then.length);
    await apply(first);
    const second = await start(fileOf('yc-companies-2024.jsonl', jsonl(bare)));
    const { counts } = await preview(second);
    const before2 = new Map(then.map((line) => [line['id' as keyof typeof line] as unknown, line as Line]));
    const differs = bare.filter((line) => {
      const old = before2.get(line['id']);
      return (
        old !== undefined &&
        (old['status'] !== line['status'] || (line['team_size'] != null && old['team_size'] !== line['team_size']))
      );
    });
    assert.equal(counts.change, differs.length);
    assert.equal(counts.same, then.length - differs.length);
    assert.equal(counts.create + counts.ask, bare.length - then.length);
    const [change] = await entries(second, 'change');
    assert.ok(change && Object.keys(change.before).length > 0);
    await apply(second);

    const other = linesOf('techstars-portfolio/companies.jsonl.gz');
    const third = await start(fileOf('techstars.jsonl', jsonl(other)));
    const host = (line: Line) => URL.parse(text(line, 'website'))?.hostname.replace(/^www\./u, '');
    const known = new Set(bare.map((line) => `${text(line, 'name').trim().toLowerCase()} ${host(line)}`));
    const merged = (await preview(third)).counts;
    const sure = other.filter(
      (line) => host(line) !== undefined && known.has(`${text(line, 'name').trim().toLowerCase()} ${host(line)}`),
    );
    assert.ok(
      merged.change + merged.same <= sure.length + 3,
      `${merged.change + merged.same} joined, ${sure.length} share name and address`,
    );
    const asked = await entries(third, 'ask');
    assert.ok(asked.length > 10);
    const decided = await work((tx) => decideEntries(tx, team, third, 'all-different', at()));
    assert.ok(decided.ok && decided.value.count === asked.length);
    const settled = await preview(third);
    assert.equal(settled.counts.ask, 0);
    assert.equal(settled.counts.create + settled.counts.change + settled.counts.same, other.length);
  },
);

test('an agenda has no place in the directory, and is proposed to be left aside', needs('clermontech'), async () => {
  const { start, tables } = await makeImporting(opened);
  const id = await start(
    ...['conferences', 'evenements'].map((name) => fileOf(path.join(DATA, 'clermontech', `${name}.jsonl`))),
  );
  assert.deepEqual(
    (await tables(id)).map(({ settings }) => settings.subject),
    ['none', 'none'],
  );
});
