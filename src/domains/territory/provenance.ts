/**
 * Where each fact of an organisation comes from, told by its changes.
 *
 * Must always hold: the source of a fact is the newest change in force that names it and is no undo: an undo gives the
 * fact back to whoever stated it before.
 */
import type { FactName, WrittenFacts } from './facts.ts';

interface ChangeInForce {
  readonly source: string;
  readonly at: Temporal.Instant;
  readonly state: string;
  readonly after: WrittenFacts;
}

/** The newest change comes first. Facts that are older than their changes are not in it. */
export function provenanceIn<Change extends ChangeInForce>(changes: readonly Change[]): ReadonlyMap<FactName, Change> {
  const found = new Map<FactName, Change>();
  for (const change of changes.filter(({ state, source }) => state === 'applied' && source !== 'undo'))
    for (const name of Object.keys(change.after) as FactName[]) if (!found.has(name)) found.set(name, change);
  return found;
}
