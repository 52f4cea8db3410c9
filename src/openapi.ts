/**
 * The contract of the API in OpenAPI 3.1, written from the table of pages and from the schemas that check what is sent
 * and cut what is answered: it cannot say anything else than what is done.
 */
import { z } from 'zod';
import { whoAmI } from './api-who-am-i.ts';
import type { Locale } from './i18n/locale.ts';
import { translator } from './i18n/translator.ts';
import { organisationForm } from './domains/territory/schema.ts';
import { organisationRecord } from './domains/territory/twin-schema.ts';
import en from './messages/api-en.json' with { type: 'json' };
import fr from './messages/api-fr.json' with { type: 'json' };
import type { Twin } from './platform/web/twin.ts';

export type ApiText = ReturnType<typeof apiText>;
type Json = Readonly<Record<string, unknown>>;

export function apiText(locale: Locale) {
  return translator(locale, { fr, en });
}

/** What the contract needs to know of a page. */
export interface DescribedPage {
  readonly path: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the data's type is sealed inside each page
  readonly twin?: Twin<any, any>;
}

export function openApi(locale: Locale, publicOrigin: string, pages: readonly DescribedPage[]): Json {
  const t = apiText(locale);
  const paths: Record<string, Json> = {};
  for (const { path, twin } of pages) {
    if (twin === undefined) continue;
    paths[inBraces(path)] = {
      parameters: [...pathParameters(path), parameter('lang', 'query', t('parameter.lang'), { enum: ['fr', 'en'] })],
      ...(twin.response && { get: reading(t, path, twin) }),
      ...(twin.bodies && { post: acting(t, path, twin) }),
    };
  }
  addResource(paths, t);
  return {
    openapi: '3.1.0',
    info: {
      title: t('title'),
      version: '1',
      description: t('lead'),
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: publicOrigin }],
    security: [{}, { token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: t('tokensBody') } },
      schemas: { Problem: schemaOf(problem) },
    },
  };
}

/** Whether the answer of a twin is a list that goes on. */
export function isList(twin: Pick<Twin<never, never>, 'response'>): boolean {
  return twin.response instanceof z.ZodObject && 'links' in twin.response.shape;
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

const doneAct = z.object({ href: z.string(), page: z.string(), message: z.string() });

const waitingAct = doneAct.extend({ waiting: z.array(z.string()) });

type AnyTwin = Twin<never, never>;
export type PathKey = keyof typeof fr & `/${string}`;

function reading(t: ApiText, path: string, twin: AnyTwin): Json {
  const list = ['q', 'apres', 'avant'] as const;
  const hasFacets = twin.response instanceof z.ZodObject && isList(twin) && 'facets' in twin.response.shape;
  return {
    operationId: operationId('read', path),
    summary: t(path as PathKey),
    tags: [t(`area.${twin.areas[0] ?? 'directory'}`)],
    'x-scopes': twin.areas.map((area) => `${area}:read`),
    parameters: [
      parameter('If-None-Match', 'header', t('parameter.ifNoneMatch')),
      ...(isList(twin) ? list.map((name) => parameter(name, 'query', t(`parameter.${name}`))) : []),
      ...(hasFacets ? [parameter('facets', 'query', t('parameter.facets'), { enum: ['1'] })] : []),
    ],
    responses: {
      200: answer(t('answer.read'), schemaOf(twin.response ?? z.unknown())),
      304: { description: t('answer.unchanged') },
      default: problemAnswer(t),
    },
  };
}

function acting(t: ApiText, path: string, twin: AnyTwin): Json {
  const acts = Object.entries(twin.bodies ?? {});
  const isDefault = acts.length === 1 && acts[0]?.[0] === 'default';
  const schemas = acts.map(([name, schema]) => ({ ...schemaOf(schema, 'input'), title: name }));
  const hasFile = JSON.stringify(schemas).includes('"binary"');
  const schema = schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  const names = { enum: acts.map(([name]) => name) };
  return {
    operationId: operationId('act', path),
    summary: t(path as PathKey),
    tags: [t(`area.${twin.areas[0] ?? 'directory'}`)],
    'x-scopes': [`${twin.areas[0]}:write`],
    parameters: [
      ...(isDefault ? [] : [{ ...parameter('action', 'query', t('parameter.action'), names), required: true }]),
      parameter('Idempotency-Key', 'header', t('parameter.key'), { maxLength: 200 }),
    ],
    requestBody: { content: { [hasFile ? 'multipart/form-data' : 'application/json']: { schema } } },
    responses: {
      200: answer(t('answer.done'), schemaOf(doneAct)),
      202: answer(t('answer.waiting'), schemaOf(waitingAct)),
      default: problemAnswer(t),
    },
  };
}

/** Organisations, which are more than the twins of their pages. */
function addResource(paths: Record<string, Json>, t: ApiText): void {
  const list = '/api/{territory}/organisations';
  const tags = [t('area.directory')];
  const key = parameter('Idempotency-Key', 'header', t('parameter.key'), { maxLength: 200 });
  const requestBody = {
    required: true,
    content: { 'application/json': { schema: schemaOf(organisationForm, 'input') } },
  };
  const whole = schemaOf(organisationRecord);
  const waiting = schemaOf(organisationRecord.extend({ waiting: z.array(z.string()) }));
  paths[list] = {
    ...paths[list],
    post: {
      operationId: 'createOrganisation',
      summary: t('create'),
      tags,
      'x-scopes': ['directory:write'],
      parameters: [key],
      requestBody,
      responses: { 201: answer(t('answer.created'), whole), default: problemAnswer(t) },
    },
  };
  const one = `${list}/{organisation}`;
  const { get: page, ...rest } = paths[one] as { readonly get: { readonly responses: Record<string, Json> } };
  const pageSchema = schemaIn(page.responses['200']);
  paths[one] = {
    ...rest,
    get: {
      ...page,
      summary: t('one'),
      parameters: [
        parameter('view', 'query', t('parameter.view'), { enum: ['page'] }),
        parameter('If-None-Match', 'header', t('parameter.ifNoneMatch')),
      ],
      responses: { ...page.responses, 200: answer(t('answer.read'), { anyOf: [whole, pageSchema] }) },
    },
    put: {
      operationId: 'replaceOrganisation',
      summary: t('replace'),
      tags,
      'x-scopes': ['directory:write'],
      parameters: [{ ...parameter('If-Match', 'header', t('parameter.ifMatch')), required: true }, key],
      requestBody,
      responses: {
        200: answer(t('answer.done'), whole),
        202: answer(t('answer.waiting'), waiting),
        default: problemAnswer(t),
      },
    },
  };
  paths['/api/{territory}/moi'] = {
    parameters: pathParameters('/:territory'),
    get: {
      operationId: 'whoAmI',
      summary: t('whoAmI'),
      tags,
      responses: { 200: answer(t('answer.read'), schemaOf(whoAmI)), default: problemAnswer(t) },
    },
  };
}

function schemaIn(response: Json | undefined): unknown {
  const content = response?.['content'] as { 'application/json': { schema: unknown } } | undefined;
  return content?.['application/json'].schema;
}

function answer(description: string, schema: unknown): Json {
  return {
    description,
    headers: { ETag: { schema: { type: 'string' } } },
    content: { 'application/json': { schema } },
  };
}

function problemAnswer(t: ApiText): Json {
  return {
    description: t('answer.problem'),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function parameter(name: string, place: 'path' | 'query' | 'header', description: string, more: Json = {}): Json {
  return { name, in: place, ...(description && { description }), schema: { type: 'string', ...more } };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/gu)].map(([, name = '']) => ({ ...parameter(name, 'path', ''), required: true }));
}

function inBraces(path: string): string {
  return `/api${path.replaceAll(/:(\w+)/gu, '{$1}')}`;
}

function operationId(verb: string, path: string): string {
  return `${verb}${path.replaceAll(/[/:.-]+(\w)/gu, (_, letter: string) => letter.toUpperCase())}`;
}

/** A value that is cleaned before it is read (an empty text is no text) is described as what it is read as. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): Json {
  const { $schema: _, ...written } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (io !== 'input' || def.type !== 'pipe') return;
      const { in: first, out } = def as unknown as { readonly in: z.ZodType; readonly out: z.ZodType };
      if (first._zod.def.type === 'transform') Object.assign(jsonSchema, schemaOf(out, 'input'));
    },
  }) as Record<string, unknown>;
  return written;
}
