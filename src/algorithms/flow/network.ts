/**
 * A minimum-cost flow network laid out for the network simplex.
 *
 * Nodes 0…V−1 and a root, number V, that only receives. Arcs are grouped by tail: those of node v are
 * start[v] … start[v + 1] − 1, first the ordinary ones, then from rootFrom[v] on those to the root. Node v
 * has supply[v] ≥ 0 units to get rid of; the root takes everything. An ordinary arc costs `cost` a unit, a
 * root arc `cost × scale`: two currencies in one number, the second without limit for the first when scale
 * exceeds what any simple path can cost. That one layout serves two uses:
 *   - needs and offers (`allocation-network.ts`): root arcs are what is left unserved or is used up, at
 *     fairness prices; the first basis needs no artificial arc;
 *   - any DIMACS network (`dimacs.ts`): root arcs are the artificial ones, at +scale where supply is not
 *     sent, at −scale where demand is met.
 *
 * Must always hold: 0 ≤ cap; 2 × arcs and the sum of supplies stay under 2^30; node v can send all its
 * supply over its root arcs; the last root arc of a node that could otherwise be cut off is wide (cap WIDE).
 * `arcs` interleaves [head × 2 + atUpper, cost]: 8 bytes per arc is all that pricing reads. atUpper is 1
 * when an arc outside the tree carries its capacity, 0 when it carries nothing.
 */
export type Network = {
  readonly nodes: number;
  readonly start: Int32Array;
  readonly rootFrom: Int32Array;
  readonly arcs: Int32Array;
  readonly cap: Int32Array;
  readonly supply: Int32Array;
  readonly scale: number;
};

/** More than all supplies together, with room to add twice without overflow. */
export const WIDE = 2 ** 29;

/** Arc numbers are doubled in records. */
export const GREATEST_ARCS = 2 ** 29;

/** Potentials must stay whole in a double. */
export const GREATEST_POTENTIAL = 2 ** 52;

export function headOf(network: Network, arc: number): number {
  return network.arcs[2 * arc]! >> 1;
}

export function costOf(network: Network, tail: number, arc: number): number {
  const cost = network.arcs[2 * arc + 1]!;
  return arc >= network.rootFrom[tail]! ? cost * network.scale : cost;
}
