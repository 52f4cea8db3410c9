/**
 * Where the two columns of a flow picture and its ribbons stand, in pixels from the top.
 *
 * What always holds: a node is as tall as the sum of its ribbons, at one scale for both columns; ribbons leave and
 * arrive in the order of the nodes, side by side, without overlap at either end; nodes of a column never overlap and
 * each has the room of its label. O(links log links).
 */
export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly value: number;
}

export interface PlacedNode {
  readonly id: string;
  readonly value: number;
  readonly top: number;
  readonly height: number;
  /** The room of the label, around the node's middle. */
  readonly labelTop: number;
}

export interface PlacedLink extends FlowLink {
  readonly fromTop: number;
  readonly toTop: number;
  readonly thickness: number;
}

export interface FlowLayout {
  readonly height: number;
  readonly left: readonly PlacedNode[];
  readonly right: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
}

/** `scaleHeight`: pixels shared by the taller column's ribbons; `room`: pixels of a label; `gap`: least space between nodes. */
export interface FlowSizes {
  readonly scaleHeight: number;
  readonly room: number;
  readonly gap: number;
}

/** Links of no value, or whose ends are not in the columns, are left out; so are nodes without a link. */
export function layOutFlow(
  left: readonly string[],
  right: readonly string[],
  given: readonly FlowLink[],
  sizes: FlowSizes,
): FlowLayout {
  const order = { left: places(left), right: places(right) };
  const links = given.filter(({ from, to, value }) => value > 0 && order.left.has(from) && order.right.has(to));
  const total = links.reduce((sum, link) => sum + link.value, 0);
  if (total === 0) return { height: 0, left: [], right: [], links: [] };
  const scale = sizes.scaleHeight / total;
  const stackOf = (ids: readonly string[], end: 'from' | 'to') => stack(ids, sums(links, end), scale, sizes);
  const columns = { left: stackOf(left, 'from'), right: stackOf(right, 'to') };
  const height = Math.max(columns.left.height, columns.right.height);
  const placedLeft = centre(columns.left, height);
  const placedRight = centre(columns.right, height);
  return {
    height,
    left: placedLeft,
    right: placedRight,
    links: placeLinks(links, { order, left: placedLeft, right: placedRight, scale }),
  };
}

interface Column {
  readonly nodes: readonly PlacedNode[];
  readonly height: number;
}

function stack(
  ids: readonly string[],
  values: ReadonlyMap<string, number>,
  scale: number,
  { room, gap }: FlowSizes,
): Column {
  const nodes: PlacedNode[] = [];
  let at = 0;
  for (const id of ids) {
    const value = values.get(id);
    if (value === undefined) continue;
    const height = value * scale;
    const slot = Math.max(height, room);
    nodes.push({
      id,
      value,
      top: at + (slot - height) / 2,
      height,
      labelTop: at + (slot - room) / 2,
    });
    at += slot + gap;
  }
  return { nodes, height: at - gap };
}

function centre({ nodes, height: own }: Column, height: number): PlacedNode[] {
  const shift = (height - own) / 2;
  return nodes.map((node) => ({ ...node, top: node.top + shift, labelTop: node.labelTop + shift }));
}

interface Places {
  readonly order: {
    readonly left: ReadonlyMap<string, number>;
    readonly right: ReadonlyMap<string, number>;
  };
  readonly left: readonly PlacedNode[];
  readonly right: readonly PlacedNode[];
  readonly scale: number;
}

function placeLinks(links: readonly FlowLink[], { order, left, right, scale }: Places): PlacedLink[] {
  const rank = (column: ReadonlyMap<string, number>, id: string) => column.get(id) ?? 0;
  const tops = (nodes: readonly PlacedNode[]) => new Map(nodes.map(({ id, top }) => [id, top]));
  const byRight = links.toSorted((a, b) => rank(order.right, a.to) - rank(order.right, b.to));
  const byLeft = byRight.toSorted((a, b) => rank(order.left, a.from) - rank(order.left, b.from));
  const fromTops = queueUp(byLeft, 'from', tops(left), scale);
  const toTops = queueUp(byLeft, 'to', tops(right), scale);
  return byLeft.map((link) => ({
    ...link,
    fromTop: fromTops.get(link) ?? 0,
    toTop: toTops.get(link) ?? 0,
    thickness: link.value * scale,
  }));
}

function queueUp(
  links: readonly FlowLink[],
  end: 'from' | 'to',
  next: Map<string, number>,
  scale: number,
): Map<FlowLink, number> {
  const found = new Map<FlowLink, number>();
  for (const link of links) {
    const top = next.get(link[end]) ?? 0;
    found.set(link, top);
    next.set(link[end], top + link.value * scale);
  }
  return found;
}

function sums(links: readonly FlowLink[], end: 'from' | 'to'): Map<string, number> {
  const found = new Map<string, number>();
  for (const link of links) found.set(link[end], (found.get(link[end]) ?? 0) + link.value);
  return found;
}

function places(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, index) => [id, index]));
}
