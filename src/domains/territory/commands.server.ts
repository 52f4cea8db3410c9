/** Adding and editing organisations: rights first, then the one writer of facts, then the event. */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, appendEvents, type Moment } from './events.server.ts';
import { writeFact, writeFacts, type FactRefusal, type FactSource, type Written } from './fact-writing.server.ts';
import { FACT_FIELDS, needsApproval, type FactName, type FactValues } from './facts.ts';
import type { Part } from './organisation.ts';
import { mayApproveFacts, mayCreateOrganisation, mayEditOrganisation } from './policy.ts';
import type { Principal } from './principal.ts';

export type OrganisationRefusal = 'not-allowed' | FactRefusal;

const BY_FORM: FactSource = { kind: 'form' };

export async function createOrganisation(
  tx: TerritoryTransaction,
  principal: Principal,
  facts: FactValues,
  at: Moment,
  source = BY_FORM,
): Promise<Result<Written, OrganisationRefusal>> {
  if (!mayCreateOrganisation(principal)) return refused('not-allowed');
  const written = await writeFact(tx, principal, source, { facts }, at);
  if (!written.ok) return written;
  const { id } = written.value;
  const payload = { name: facts.name ?? '' };
  await appendEvent(tx, principal, { kind: 'organisation-created', subjectId: id, payload }, at);
  return written;
}

export interface Edited {
  readonly slug: string;
  /** The facts that changed at once. */
  readonly names: readonly FactName[];
  /** The facts that wait for the team. */
  readonly proposed: readonly FactName[];
}

/**
 * Changes the given facts. Those that need the team's approval wait when a manager of the organisation edits; all
 * others are changed at once. Refuses `stale` when somebody else changed it since `version` was read.
 */
export async function editOrganisation(
  tx: TerritoryTransaction,
  principal: Principal,
  organisationId: OrganisationId,
  given: { readonly facts: FactValues; readonly version: number },
  at: Moment,
  source = BY_FORM,
): Promise<Result<Edited, OrganisationRefusal>> {
  if (!mayEditOrganisation(principal, organisationId)) return refused('not-allowed');
  const { now, later } = mayApproveFacts(principal) ? { now: given.facts, later: {} } : byApproval(given.facts);
  const written = await writeFact(
    tx,
    principal,
    source,
    { id: organisationId, facts: now, version: given.version },
    at,
  );
  if (!written.ok) return written;
  const proposed = await writeFact(tx, principal, source, { id: organisationId, facts: later, isProposed: true }, at);
  if (!proposed.ok) return proposed;
  const { slug, names } = written.value;
  if (names.length > 0)
    await appendEvent(tx, principal, { kind: 'organisation-edited', subjectId: organisationId }, at);
  if (proposed.value.changeId !== undefined) {
    await replaceOlderProposals(tx, principal, proposed.value, at);
    await appendEvent(tx, principal, { kind: 'organisation-change-proposed', subjectId: organisationId }, at);
  }
  return done({ slug, names, proposed: proposed.value.names });
}

export interface NewOrganisation {
  readonly name: string;
  readonly siren: string | null;
  readonly part: Part;
}

/** Many at once, for a loaded file. The ids come back in the order given. Names and SIRENs are new to the territory: the caller has looked. */
export async function createOrganisations(
  tx: TerritoryTransaction,
  principal: Principal,
  given: readonly NewOrganisation[],
  at: Moment,
): Promise<Result<OrganisationId[], 'not-allowed'>> {
  if (!mayCreateOrganisation(principal)) return refused('not-allowed');
  const items = given.map(({ name, siren, part }) => ({ facts: { name, siren, parts: [part] } }));
  const written = (await writeFacts(tx, principal, { kind: 'import' }, items, at)).map((answer) => {
    if (!answer.ok) throw new Error(`A new organisation was refused: ${answer.reason}`);
    return answer.value.id;
  });
  const events = written.map((id, place) => ({
    kind: 'organisation-created',
    subjectId: id,
    payload: { name: given[place]?.name ?? '' },
  }));
  await appendEvents(tx, principal, events, at);
  return done(written);
}

/** What a manager's edit changes at once, and what waits for the team. */
function byApproval(facts: FactValues): { readonly now: FactValues; readonly later: FactValues } {
  const waits = new Set<string>(FACT_FIELDS.filter(needsApproval));
  const part = (isLater: boolean): FactValues =>
    Object.fromEntries(Object.entries(facts).filter(([name]) => waits.has(name) === isLater));
  return { now: part(false), later: part(true) };
}

/** What the same person proposed of the same facts before is answered by what they propose now. */
async function replaceOlderProposals(
  tx: TerritoryTransaction,
  principal: Principal,
  { id, changeId, names }: Written,
  at: Moment,
): Promise<void> {
  if (principal.kind !== 'person' || changeId === undefined) return;
  await tx
    .updateTable('organisation_changes')
    .set({ state: 'refused', decided_by: principal.personId, decided_at: at.now })
    .where('territory_id', '=', tx.territoryId)
    .where('organisation_id', '=', id)
    .where('state', '=', 'proposed')
    .where('author_id', '=', principal.personId)
    .where('id', '!=', changeId)
    .where(sql<boolean>`after ?| ${[...names]}::text[]`)
    .execute();
}
