/** The contract is valid by a published validator, in both languages, and names what is served. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApi } from '../src/openapi.ts';
import { territoryPages } from '../src/routes.ts';

for (const locale of ['fr', 'en'] as const) {
  test(`the contract is valid OpenAPI 3.1 (${locale})`, async () => {
    const result = await new Validator().validate(
      structuredClone(openApi(locale, 'https://terreau.example', territoryPages)),
    );
    assert.ok(result.valid, JSON.stringify(result.errors, null, 2));
  });
}

test('each twin is in the contract with its methods, and each operation has a name of its own', () => {
  const { paths } = openApi('en', 'https://terreau.example', territoryPages) as {
    paths: Record<string, Record<string, unknown>>;
  };
  for (const { path, twin, actions } of territoryPages) {
    const written = paths[`/api${path.replaceAll(/:(\w+)/gu, '{$1}')}`];
    // Who asks is told there by a resource of its own.
    if (path !== '/:territory/moi') assert.equal(written !== undefined, twin !== undefined, path);
    if (twin === undefined) continue;
    assert.equal('get' in written!, twin.response !== undefined, path);
    if (actions) assert.ok('post' in written!, path);
  }
  const operations = Object.values(paths).flatMap((path) =>
    Object.entries(path).flatMap(([name, value]) => (name === 'parameters' ? [] : [value])),
  );
  const names = operations.map((operation) => (operation as { operationId: string }).operationId);
  assert.equal(new Set(names).size, names.length);
});

test('what a form wants is told: texts, choices and lists are no riddles', () => {
  const contract = openApi('en', 'https://terreau.example', territoryPages) as {
    paths: Record<string, { post: Operation }>;
  };
  const { schema } = contract.paths['/api/{territory}/organisations']!.post.requestBody.content['application/json'];
  assert.ok(schema.required?.includes('name'));
  for (const name of ['name', 'summaryFr', 'siren', 'foundedOn'])
    assert.equal(schema.properties[name]?.type, 'string', name);
  assert.equal(schema.properties['parts']?.type, 'array');
});

interface Operation {
  readonly requestBody: {
    readonly content: Record<'application/json', { readonly schema: Schema }>;
  };
}
interface Schema {
  readonly required?: string[];
  readonly properties: Record<string, { readonly type?: string }>;
}
