/** All that the public page of an organisation tells, read at once: identity, life, places, phases, ties, sources. */
import { sql } from 'kysely';
import type { Id, OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ChangeSource, Link, OrganisationProfile, Period, TieKind } from './organisation-profile.ts';
import { organisationOrFormer } from './queries.server.ts';

const MOST_CHANGES = 10;

interface ProfileRow {
  readonly legal_name: string | null;
  readonly other_names: readonly string[];
  readonly siret: string | null;
  readonly naf_code: string | null;
  readonly postal_code: string | null;
  readonly address: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly arrived_on: Temporal.PlainDate | null;
  readonly left_on: Temporal.PlainDate | null;
  readonly closed_on: Temporal.PlainDate | null;
  readonly updated_at: Temporal.Instant;
  readonly links: unknown;
  readonly extra: unknown;
  readonly logo_id: Id<'file'> | null;
  readonly is_listed: boolean;
  readonly register_state: OrganisationProfile['registerState'];
  readonly merged_into: string | null;
  readonly fields: readonly { code: string; label_fr: string; label_en: string }[];
  readonly places: readonly (Dated & {
    label: string;
    address: string;
    postal_code: string | null;
    commune: string | null;
  })[];
  readonly phases: readonly (Dated & { phase: string })[];
  readonly ties: readonly (Dated & { kind: TieKind; is_from: boolean; name: string; slug: string })[];
  readonly contacts: readonly { name: string; title: string }[];
  readonly changes: readonly { at: string; source: ChangeSource; facts: number }[];
}

/** As JSON carries days. */
interface Dated {
  readonly since: string | null;
  readonly until: string | null;
}

/** Two queries; undefined when there is none of this slug. Whether the reader may see it is the policy's to say. */
export async function profileBySlug(tx: TerritoryTransaction, slug: string): Promise<OrganisationProfile | undefined> {
  const organisation = await organisationOrFormer(tx, slug);
  if (organisation === undefined) return undefined;
  const row = await readProfile(tx, organisation.id);
  return {
    organisation,
    legalName: row.legal_name,
    otherNames: row.other_names,
    siret: row.siret,
    nafCode: row.naf_code,
    postalCode: row.postal_code,
    address: row.address,
    position:
      row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
    arrivedOn: row.arrived_on,
    leftOn: row.left_on,
    closedOn: row.closed_on,
    updatedAt: row.updated_at,
    links: linksIn(row.links),
    hasLogo: row.logo_id !== null,
    isListed: row.is_listed && row.merged_into === null,
    registerState: row.register_state,
    mergedIntoSlug: row.merged_into,
    fields: row.fields.flatMap(({ code, label_fr, label_en }) => {
      const value = textIn(row.extra, code);
      return value === undefined ? [] : [{ labelFr: label_fr, labelEn: label_en, value }];
    }),
    places: row.places.map((place) => ({
      ...period(place),
      label: place.label,
      address: place.address,
      postalCode: place.postal_code,
      commune: place.commune,
    })),
    phases: row.phases.map((each) => ({ ...period(each), phase: each.phase })),
    ties: row.ties.map((tie) => ({
      ...period(tie),
      kind: tie.kind,
      isFrom: tie.is_from,
      name: tie.name,
      slug: tie.slug,
    })),
    contacts: row.contacts,
    changes: row.changes.map(({ at, source, facts }) => ({ at: Temporal.Instant.from(at), source, facts })),
  };
}

/** Whom it is tied to is named only where that page may be seen by everybody. */
async function readProfile(tx: TerritoryTransaction, id: OrganisationId): Promise<ProfileRow> {
  const own = sql`territory_id = ${tx.territoryId} and organisation_id = ${id}`;
  const { rows } = await sql<ProfileRow>`
    select o.legal_name, o.other_names, o.siret, o.naf_code, o.postal_code, o.address, o.latitude, o.longitude, o.arrived_on,
      o.left_on, o.closed_on, o.updated_at, o.links, o.extra, o.logo_id, o.is_listed, o.register_state,
      (select kept.slug from organisations kept where kept.territory_id = ${tx.territoryId} and kept.id = o.merged_into_id) as merged_into,
      (select coalesce(jsonb_agg(to_jsonb(f) order by f.position), '[]') from directory_fields f
        where f.territory_id = ${tx.territoryId} and f.is_public) as fields,
      (select coalesce(jsonb_agg(to_jsonb(p) order by p.since desc nulls last, p.label), '[]') from organisation_places p where p.${own}) as places,
      (select coalesce(jsonb_agg(to_jsonb(p) order by p.since, p.phase), '[]') from organisation_phases p where p.${own}) as phases,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', t.kind, 'since', t.since, 'until', t.until, 'is_from', t.from_id = ${id},
          'name', other.name, 'slug', other.slug) order by t.kind, other.name), '[]')
        from organisation_ties t
        join organisations other on other.territory_id = t.territory_id and other.id = case when t.from_id = ${id} then t.to_id else t.from_id end
        where t.territory_id = ${tx.territoryId} and ${id}::uuid in (t.from_id, t.to_id) and other.is_listed and other.merged_into_id is null) as ties,
      (select coalesce(jsonb_agg(jsonb_build_object('name', person.name, 'title', a.title) order by person.name, a.title), '[]')
        from affiliations a join people person on person.territory_id = a.territory_id and person.id = a.person_id
        where a.${own} and a.is_public_contact and a.until is null) as contacts,
      (select coalesce(jsonb_agg(jsonb_build_object('at', to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'source', c.source,
          'facts', (select count(*) from jsonb_object_keys(c.after))) order by c.at desc, c.id), '[]')
        from (select * from organisation_changes where ${own} and state = 'applied' order by at desc, id limit ${sql.lit(MOST_CHANGES)}) c) as changes
    from organisations o where o.territory_id = ${tx.territoryId} and o.id = ${id}`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error(`Organisation ${id} was there a moment ago.`);
  return row;
}

export interface LogoFile {
  readonly mediaType: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** The picture of an organisation that everybody may see. */
export async function logoOf(tx: TerritoryTransaction, slug: string): Promise<LogoFile | undefined> {
  const { rows } = await sql<{ media_type: string; content: Buffer }>`
    select f.media_type, p.content from organisations o
    join stored_files f on f.territory_id = o.territory_id and f.id = o.logo_id
    join stored_file_parts p on p.territory_id = f.territory_id and p.file_id = f.id
    where o.territory_id = ${tx.territoryId} and o.slug = ${slug} and o.is_listed
      and o.withdrawn_at is null and o.merged_into_id is null and f.media_type in ('image/png', 'image/jpeg', 'image/webp') order by p.position`.execute(
    tx,
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  return { mediaType: first.media_type, content: new Uint8Array(Buffer.concat(rows.map(({ content }) => content))) };
}

function period({ since, until }: Dated): Period {
  const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));
  return { since: day(since), until: day(until) };
}

/** Addresses of the web only: whatever else was stored leads nowhere. */
function linksIn(value: unknown): Link[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    const { label, url } = (each ?? {}) as { label?: unknown; url?: unknown };
    if (typeof url !== 'string' || !/^https?:\/\//iu.test(url) || !URL.canParse(url)) return [];
    return [
      { label: typeof label === 'string' && label !== '' ? label : new URL(url).hostname.replace(/^www\./u, ''), url },
    ];
  });
}

function textIn(extra: unknown, code: string): string | undefined {
  const value = (extra as Record<string, unknown> | null)?.[code];
  if (value === undefined || value === null || value === '') return undefined;
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
