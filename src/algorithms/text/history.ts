/**
 * What past help says: an offer that helped needs like this one is likely to help again.
 *
 * The vote for an offer is Σ K(q) over the past needs q that it helped, divided by Σ K(q) over all past needs
 * plus CAUTION, where K(q) is how much this need resembles q: closeness in the space, common themes, and a
 * little for any need (an offer that helps many is likelier to help the next). Neighbours voting for what
 * they chose: Resnick et al., "GroupLens", 1994.
 *
 * Must always hold: votes lie in 0…1; without past needs there is no vote; a need never votes for itself when
 * it is named as `self`.
 */
import type { ReadNeed } from './features.ts';
import { latentCloseness } from './text-space.ts';

/** One need of the past, with the ids of the offers that helped it. */
export type PastNeed = ReadNeed & { readonly helpedBy: ReadonlySet<string> };

const THEMES_SHARE = 0.3;
const ANY_NEED = 0.05;
const CAUTION = 1;

/** Vote per offer id that helped somebody. */
export function votesOf(need: ReadNeed, past: readonly PastNeed[], self: PastNeed | null = null): Map<string, number> {
  const votes = new Map<string, number>();
  let total = CAUTION;
  for (const one of past) {
    if (one === self) continue;
    const resemblance = needResemblance(need, one);
    total += resemblance;
    for (const offer of one.helpedBy) votes.set(offer, (votes.get(offer) ?? 0) + resemblance);
  }
  return new Map([...votes].map(([offer, vote]) => [offer, vote / total]));
}

/** How much two needs look alike, a little for any two. */
export function needResemblance(one: ReadNeed, other: ReadNeed): number {
  return (
    latentCloseness(one.vector, other.vector) + THEMES_SHARE * cosine(one.entry.themes, other.entry.themes) + ANY_NEED
  );
}

function cosine(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  if (some.size === 0 || others.size === 0) return 0;
  return some.intersection(others).size / Math.sqrt(some.size * others.size);
}
