import assert from 'node:assert/strict';
import { test } from 'node:test';
import { organisationForm } from './schema.ts';

const FORM = { name: 'MyBus', parts: 'startup' };

test('a SIREN typed with spaces is read; a wrong one is refused beside its field', () => {
  assert.equal(organisationForm.parse({ ...FORM, siren: '732 829 320' }).siren, '732829320');
  const wrong = organisationForm.safeParse({ ...FORM, siren: '732 829 321' });
  assert.deepEqual(
    wrong.error?.issues.map((issue) => [issue.path[0], issue.message]),
    [['siren', 'not-a-siren']],
  );
});

test('what a form may hold passes, what hides in a text does not', () => {
  const read = organisationForm.parse({
    ...FORM,
    name: '  My   Bus ',
    website: 'mybus.example',
    foundedOn: '12 mars 2014',
    employees: '1 200',
  });
  assert.equal(read.name, 'My Bus');
  assert.equal(read.website, 'https://mybus.example');
  assert.equal(String(read.foundedOn), '2014-03-12');
  assert.equal(read.employees, 1200);
  for (const name of ['a\u0000b', '\u202Eexe', '\ud800']) {
    assert.equal(organisationForm.safeParse({ ...FORM, name }).error?.issues[0]?.message, 'control-characters');
  }
  assert.equal(organisationForm.safeParse({ ...FORM, website: 'javascript:alert(1)' }).success, false);
  assert.equal(organisationForm.safeParse({ name: 'x' }).error?.issues[0]?.message, 'choose-one');
});
