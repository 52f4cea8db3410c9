/**
 * `publiccode.yml` by the rules of the standard, version 0.7 (https://yml.publiccode.tools, keys
 * as in the schema published at https://www.schemastore.org/publiccode.json). A key that the
 * standard does not know or has deprecated is refused.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };

/** The browser driver carries a YAML 1.2 reader; the project needs one nowhere else. */
const { yaml } = createRequire(import.meta.url)('playwright-core/lib/utilsBundle') as {
  yaml: { parse(text: string): unknown };
};

const words = z.string().trim().min(1);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a BCP 47 tag');
const aliases = ['gdpr', 'eidas', 'nis2', 'cra', 'spid', 'cie', 'anpr', 'pagopa', 'io'];

const Dependency = z.strictObject({
  name: words,
  versionMin: words.optional(),
  versionMax: words.optional(),
  version: words.optional(),
  optional: z.boolean().optional(),
});

const Description = z.strictObject({
  localisedName: words.optional(),
  shortDescription: words.max(150),
  longDescription: words.min(150).max(10_000).optional(),
  documentation: z.url().optional(),
  apiDocumentation: z.url().optional(),
  features: z.array(words).min(1).optional(),
  screenshots: z.array(words.refine(existsSync, 'a file of the repository')).optional(),
  videos: z.array(z.url()).optional(),
  awards: z.array(words).optional(),
});

const Contact = z.strictObject({
  name: words,
  email: z.email().optional(),
  phone: words.optional(),
  affiliation: words.optional(),
});

const Maintenance = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['internal', 'community']), contacts: z.array(Contact).min(1) }),
  z.strictObject({
    type: z.literal('contract'),
    contractors: z.array(z.strictObject({ name: words, until: z.iso.date() })).min(1),
  }),
  z.strictObject({ type: z.literal('none') }),
]);

const PublicCode = z.strictObject({
  publiccodeYmlVersion: z.enum(['0.7', '0.7.0']),
  name: words,
  applicationSuite: words.optional(),
  url: z.url({ protocol: /^https?$/ }),
  landingURL: z.url().optional(),
  softwareVersion: z.literal(manifest.version).optional(),
  releaseDate: z.iso.date().optional(),
  logo: words.refine(existsSync, 'a file of the repository').optional(),
  platforms: z.array(words).min(1),
  categories: z.array(words).optional(),
  usedBy: z.array(words).optional(),
  roadmap: z.url().optional(),
  developmentStatus: z.enum(['concept', 'development', 'beta', 'stable', 'obsolete']),
  softwareType: z.literal('standalone/web'),
  supports: z.array(z.strictObject({ id: words.refine(isSupportId, 'a known alias') })).optional(),
  intendedAudience: z
    .strictObject({
      countries: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(),
      unsupportedCountries: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(),
      scope: z.array(words).optional(),
    })
    .optional(),
  description: z.record(language, Description).refine(hasWholeDescription, 'no whole description'),
  legal: z.strictObject({
    license: z.literal(manifest.license),
    mainCopyrightOwner: words.optional(),
  }),
  maintenance: Maintenance,
  localisation: z.strictObject({
    localisationReady: z.boolean(),
    availableLanguages: z.array(language).min(1),
  }),
  dependsOn: z
    .strictObject({
      open: z.array(Dependency).optional(),
      proprietary: z.array(Dependency).optional(),
      hardware: z.array(Dependency).optional(),
    })
    .optional(),
  organisation: z.strictObject({ name: words.optional(), uri: z.url() }).optional(),
  fundedBy: z.array(z.strictObject({ name: words, uri: z.url().optional() })).optional(),
});

test('publiccode.yml obeys the standard', () => {
  const result = PublicCode.safeParse(read());
  if (!result.success) assert.fail(z.prettifyError(result.error));
});

test('a file that breaks the standard is refused', () => {
  const valid = read() as Record<string, unknown>;
  for (const [key, value] of [
    ['name', undefined],
    ['developmentStatus', 'finished'],
    ['genericName', 'Platform'],
    ['supports', [{ id: 'alias:unknown' }]],
    ['maintenance', { type: 'community', contacts: [] }],
    ['description', { en: { shortDescription: 'x'.repeat(151) } }],
  ] as const) {
    assert.equal(PublicCode.safeParse({ ...valid, [key]: value }).success, false, key);
  }
});

function read(): unknown {
  return yaml.parse(readFileSync('publiccode.yml', 'utf8'));
}

function isSupportId(id: string): boolean {
  return id.startsWith('alias:') ? aliases.includes(id.slice(6)) : URL.canParse(id);
}

function hasWholeDescription(texts: Record<string, z.infer<typeof Description>>): boolean {
  return Object.values(texts).some((text) => text.longDescription && text.features);
}
