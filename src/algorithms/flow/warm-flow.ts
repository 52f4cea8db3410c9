/**
 * The flow of an earlier plan, made to fit changed numbers.
 *
 * `flow` holds the ordinary arcs, each within its cap. Where a need now gets more than it wants, or an offer
 * gives more than it has, units are taken back from the least scored pairs first. Then root arcs are filled:
 * what is left of a need stays unserved, cheapest units first; an offer forwards what it was sent.
 * Linear time, plus a sort of the pairs concerned.
 */
import type { Network } from './network.ts';

export function fitFlow(network: Network, needs: number, flow: Int32Array): void {
  const { supply } = network;
  const sent = sums(network, needs, flow);
  const over = sent.map((units, v) => units - (v < needs ? supply[v]! : capacityOf(network, v)));
  if (over.some((units) => units > 0)) takeBack(network, needs, flow, over, sent);
  for (let i = 0; i < needs; i++) sent[i] = supply[i]! - sent[i]!;
  sendToRoot(network, needs, sent, flow);
}

/** What offer j can forward: its root arcs but the wide one. */
export function capacityOf({ start, cap }: Network, j: number): number {
  let units = 0;
  for (let a = start[j]!; a < start[j + 1]! - 1; a++) units += cap[a]!;
  return units;
}

/**
 * Sends `amount[v]` units of each node over its root arcs, cheapest first: needs list their units from the
 * dearest to leave unserved, offers what must be given before what may.
 */
export function sendToRoot(
  { nodes, start, rootFrom, cap }: Network,
  needs: number,
  amount: Int32Array,
  flow: Int32Array,
): void {
  for (let v = 0; v < nodes; v++) {
    const wide = start[v + 1]! - 1;
    const count = wide - rootFrom[v]!;
    let rest = amount[v]!;
    for (let k = 0; k < count; k++) {
      const a = v < needs ? wide - 1 - k : rootFrom[v]! + k;
      flow[a] = Math.min(rest, cap[a]!);
      rest -= flow[a]!;
    }
    flow[wide] = rest;
  }
}

/** Units on the ordinary arcs of each node: sent by needs, received by offers. */
function sums({ nodes, start, rootFrom, arcs }: Network, needs: number, flow: Int32Array): Int32Array {
  const sent = new Int32Array(nodes);
  for (let i = 0; i < needs; i++) {
    for (let a = start[i]!; a < rootFrom[i]!; a++) {
      sent[i]! += flow[a]!;
      sent[arcs[2 * a]! >> 1]! += flow[a]!;
    }
  }
  return sent;
}

function takeBack(
  { start, rootFrom, arcs }: Network,
  needs: number,
  flow: Int32Array,
  over: Int32Array,
  sent: Int32Array,
): void {
  const concerned: { need: number; arc: number; score: number }[] = [];
  for (let need = 0; need < needs; need++) {
    for (let arc = start[need]!; arc < rootFrom[need]!; arc++) {
      const tooMuch = over[need]! > 0 || over[arcs[2 * arc]! >> 1]! > 0;
      if (tooMuch && flow[arc]! > 0) concerned.push({ need, arc, score: -arcs[2 * arc + 1]! });
    }
  }
  for (const { need, arc } of concerned.toSorted((x, y) => x.score - y.score)) {
    const offer = arcs[2 * arc]! >> 1;
    const back = Math.min(flow[arc]!, Math.max(0, over[need]!, over[offer]!));
    flow[arc]! -= back;
    for (const v of [need, offer]) {
      over[v]! -= back;
      sent[v]! -= back;
    }
  }
}
