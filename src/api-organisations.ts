/**
 * Organisations as a resource: one by its id or its word, added, replaced. Its page's twin stands at the same address
 * under `?view=page`, with what the organisation asks, brings and gave.
 *
 * Must always hold: the ETag changes with every change of what it tags; a change is made on the version that was read
 * or refused; what is read may be sent back whole, so that a change of one fact loses no other.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Context, Hono } from 'hono';
import { apiProblem, sendJson, versionTag } from './api-answers.ts';
import { answerTwinGet, answerTwinPost, askedOf, bearerIn, noteUse, tokenOf, type ActFrame } from './api-requests.ts';
import { organisationPage } from './domains/observatory/pages/organisation.tsx';
import { mayEditOrganisation, maySeeOrganisation } from './domains/territory/policy.ts';
import { organisationEditPage } from './domains/territory/pages/organisation-edit.tsx';
import { organisationNewPage } from './domains/territory/pages/organisation-new.tsx';
import { isInDirectory } from './domains/territory/queries.server.ts';
import { ANONYMOUS } from './domains/territory/principal.ts';
import type { organisationRecord } from './domains/territory/twin-schema.ts';
import type { TerritoryVisit } from './domains/territory/visit.ts';
import { parseId, type OrganisationId } from './lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from './platform/postgres/database.ts';
import type { TerritoryRequests } from './territory-requests.ts';

const LIST = '/api/:territory/organisations';
const ONE = `${LIST}/:organisation`;

type Limit = Parameters<Hono['use']>[1];

/** Before the twin of the list, whose address it shares. */
export function routeNewOrganisation(api: Hono, requests: TerritoryRequests, limit: Limit): void {
  api.post(LIST, limit, (context) =>
    answerTwinPost(requests, organisationNewPage, context, {
      reshape: asForm,
      after: async (visit, tx, { location }) => {
        const made = await organisationIn(tx, wordIn(location));
        return { status: 201, location: `/api${location}`, body: JSON.stringify(made && recordOf(made)) };
      },
    }),
  );
}

/** Before the twin of the page, after the words that are no organisation's. */
export function routeOneOrganisation(api: Hono, requests: TerritoryRequests, limit: Limit): void {
  api.get(ONE, (context) =>
    context.req.query('view') === 'page' ? answerTwinGet(requests, organisationPage, context) : one(requests, context),
  );
  api.put(ONE, limit, (context) =>
    answerTwinPost(requests, organisationEditPage, context, {
      reshape: asForm,
      before: (visit, tx) => onVersion(visit, tx, context.req.header('if-match')),
      after: async (_visit, tx, { location, waiting }) => {
        const changed = await organisationIn(tx, wordIn(location));
        const record = changed && recordOf(changed);
        return waiting === undefined
          ? { status: 200, body: JSON.stringify(record) }
          : { status: 202, body: JSON.stringify({ ...record, waiting }) };
      },
    }),
  );
}

async function one(requests: TerritoryRequests, context: Context): Promise<Response> {
  const asked = await askedOf(requests, context);
  if (asked === undefined) return apiProblem(context, 'not-found');
  const token = tokenOf(context);
  const work = (tx: TerritoryTransaction) =>
    Promise.all([bearerIn(tx, token, asked.now), organisationIn(tx, asked.params['organisation'] ?? '')]);
  const [bearer, row] = await withTerritory(requests.database, asked.territory.id, work, { readOnly: true });
  if (bearer === 'unknown') return apiProblem(context, 'unknown-token');
  if (bearer !== undefined && !bearer.scopes.has('directory:read'))
    return apiProblem(context, 'scope-missing', { facts: { scope: 'directory:read' } });
  noteUse(requests, asked, bearer);
  const principal = bearer?.principal ?? ANONYMOUS;
  if (row === undefined || !maySeeOrganisation(principal, { id: row.id, isListed: row.isShown }))
    return apiProblem(context, 'not-found');
  const body = JSON.stringify(recordOf(row));
  return sendJson(context, body, { etag: versionTag(row.version, body) });
}

interface OrganisationRow extends Omit<z.output<typeof organisationRecord>, 'id'> {
  readonly id: OrganisationId;
  /** Neither hidden nor merged. */
  readonly isShown: boolean;
}

async function organisationIn(tx: TerritoryTransaction, given: string): Promise<OrganisationRow | undefined> {
  const id = parseId<'organisation'>(given);
  const by = id === undefined ? sql`slug = ${given}` : sql`id = ${id}::uuid`;
  const { rows } = await sql<OrganisationRow>`
    select ${RECORD}, is_listed and merged_into_id is null as "isShown"
    from organisations o where o.territory_id = ${tx.territoryId}::uuid and ${isInDirectory('o')} and ${by}`.execute(
    tx,
  );
  return rows[0];
}

/** In the words of the schema. */
const RECORD = sql.raw(`id, slug, name, summary_fr as "summaryFr", summary_en as "summaryEn", commune, siren, siret,
  founded_on::text as "foundedOn", arrived_on::text as "arrivedOn", left_on::text as "leftOn", closed_on::text as "closedOn",
  array(select part from organisation_parts p where p.territory_id = o.territory_id and p.organisation_id = o.id order by part) as parts,
  array(select theme_code from organisation_themes t where t.territory_id = o.territory_id and t.organisation_id = o.id order by theme_code) as themes,
  naf_section as "nafSection", naf_code as "nafCode", region_code as "regionCode", employees, website, links,
  legal_name as "legalName", other_names as "otherNames", address, postal_code as "postalCode", commune_code as "communeCode",
  is_listed as "isListed", version`);

function recordOf(row: OrganisationRow): object {
  return { ...row, isShown: undefined };
}

/** What a reading answered may be sent back as it is: the form of the page says lists of names and links as lines. */
function asForm(sent: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { otherNames, links, isListed } = sent;
  return {
    ...sent,
    ...(isTexts(otherNames) && { otherNames: otherNames.join('\n') }),
    ...(isLinks(links) && { links: links.map(({ url, label = '' }) => `${url} ${label}`.trim()).join('\n') }),
    ...(typeof isListed === 'boolean' && { isListed: isListed ? 'yes' : 'no' }),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isLinks(value: unknown): value is readonly { readonly url: string; readonly label?: string }[] {
  return z.array(z.object({ url: z.string(), label: z.string().optional() })).safeParse(value).success;
}

function wordIn(location: string): string {
  return decodeURIComponent(location.split('/').at(-1) ?? '');
}

/** Locks the organisation in the version that the program read. */
async function onVersion(visit: TerritoryVisit, tx: TerritoryTransaction, header: string | undefined): Promise<Looked> {
  if (visit.principal.kind === 'anonymous') return { refused: { kind: 'signed-out' } };
  const slug = visit.params['organisation'] ?? '';
  const { rows } = await sql<{ id: OrganisationId; version: number }>`
    select id, version from organisations where territory_id = ${tx.territoryId} and ${isInDirectory()} and slug = ${slug} for update`.execute(
    tx,
  );
  const [row] = rows;
  // Whoever may not change it is told no version.
  if (row === undefined || !mayEditOrganisation(visit.principal, row.id)) return { refused: { kind: 'not-found' } };
  if (header === undefined) return { refused: { kind: 'version-needed' } };
  const tags = header.split(',').map((tag) => /^(?:W\/)?"(\d+)-/u.exec(tag.trim())?.[1]);
  const isRight = header.trim() === '*' || tags.includes(String(row.version));
  return isRight ? { values: { version: String(row.version) } } : { refused: { kind: 'stale' } };
}

type Looked = Awaited<ReturnType<NonNullable<ActFrame['before']>>>;
