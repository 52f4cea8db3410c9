/**
 * Offers, ready to be compared with a need: they come, change and go one by one.
 *
 * Each offer costs the reading of its own text; no other offer is read or placed again. The space (how rare,
 * which directions) is fitted once and kept, as an atlas is: `fitSpace` draws a new one when the texts have
 * changed much, say by a tenth.
 *
 * Must always hold: after any puts and removals, every answer is that, bit for bit, of a fresh index of the
 * same offers in the same space.
 */
import type { Bm25Index } from './bm25.ts';
import { addDocument, createBm25, removeDocument } from './bm25.ts';
import type { SparseMatrix } from './sparse-matrix.ts';
import { stackRows, transpose } from './sparse-matrix.ts';
import type { TextEntry, TextItem } from './text-item.ts';
import { readEntry } from './text-item.ts';
import type { TextSpace, TextVector } from './text-space.ts';
import { GRAM_NUMBERS, placeText, SCALES } from './text-space.ts';

const FIRST = SCALES[0];

export type IndexedOffer = {
  readonly id: string;
  readonly item: TextItem;
  readonly entry: TextEntry;
  readonly vector: TextVector;
};

export type OfferIndex = {
  readonly space: TextSpace;
  readonly bm25: Bm25Index;
  /** By slot; null where no offer stands. A slot is kept by an offer as long as it stays. */
  readonly offers: (IndexedOffer | null)[];
  readonly slots: Map<string, number>;
  readonly freeSlots: number[];
  /** Per theme, the slots of the offers that state it. */
  readonly byTheme: Map<string, Set<number>>;
  /** Which slots hold each run of characters; null until asked after a change. */
  gramColumns: SparseMatrix | null;
  /** Coordinates of each slot in the first directions of the space, of length 1, side by side: quick to run through. */
  firstDirections: Float32Array;
};

export function createOfferIndex(space: TextSpace): OfferIndex {
  return {
    space,
    bm25: createBm25(),
    offers: [],
    slots: new Map(),
    freeSlots: [],
    byTheme: new Map(),
    gramColumns: null,
    firstDirections: new Float32Array(),
  };
}

/** Adds an offer, or replaces the one of that id. `entry`: when the item has been read already. */
export function putOffer(index: OfferIndex, id: string, item: TextItem, entry: TextEntry = readEntry(item)): void {
  removeOffer(index, id);
  const slot = index.freeSlots.pop() ?? index.offers.length;
  const vector = placeText(index.space, entry);
  index.offers[slot] = { id, item, entry, vector };
  keepFirstDirections(index, slot, vector);
  index.slots.set(id, slot);
  index.gramColumns = null;
  addDocument(index.bm25, slot, entry.words);
  for (const theme of entry.themes) {
    const slots = index.byTheme.get(theme) ?? new Set();
    index.byTheme.set(theme, slots.add(slot));
  }
}

/** Whether there was one. */
export function removeOffer(index: OfferIndex, id: string): boolean {
  const slot = index.slots.get(id);
  if (slot === undefined) return false;
  removeDocument(index.bm25, slot);
  for (const theme of index.offers[slot]!.entry.themes) {
    const slots = index.byTheme.get(theme)!;
    slots.delete(slot);
    if (slots.size === 0) index.byTheme.delete(theme);
  }
  index.offers[slot] = null;
  index.slots.delete(id);
  index.gramColumns = null;
  index.freeSlots.push(slot);
  return true;
}

/** Cosine of the runs of characters with every slot: worth its making where many needs follow each other. */
export function gramCosines(index: OfferIndex, { grams, gramWeights }: TextVector): Float64Array {
  index.gramColumns ??= turnGrams(index.offers);
  const { starts, column, value } = index.gramColumns;
  const sums = new Float64Array(index.offers.length);
  for (let place = 0; place < grams.length; place++) {
    const weight = gramWeights[place]!;
    const end = starts[grams[place]! + 1]!;
    for (let at = starts[grams[place]!]!; at < end; at++) sums[column[at]!]! += weight * value[at]!;
  }
  return sums.map((sum) => Math.min(1, sum));
}

function turnGrams(offers: OfferIndex['offers']): SparseMatrix {
  const rows = offers.map((offer) => ({
    column: offer?.vector.grams ?? new Int32Array(),
    value: offer?.vector.gramWeights ?? new Float32Array(),
  }));
  return transpose(stackRows(rows, GRAM_NUMBERS));
}

/** Cosine in the first directions with every slot; a free slot keeps that of the offer that left it. */
export function firstCosines({ offers, firstDirections }: OfferIndex, vector: TextVector): Float64Array {
  const own = new Float32Array(FIRST);
  unitPrefix(vector, own, 0);
  const cosines = new Float64Array(offers.length);
  for (let slot = 0; slot < cosines.length; slot++) {
    const base = slot * FIRST;
    let dot = 0;
    for (let k = 0; k < FIRST; k++) dot += own[k]! * firstDirections[base + k]!;
    cosines[slot] = dot;
  }
  return cosines;
}

function keepFirstDirections(index: OfferIndex, slot: number, vector: TextVector): void {
  if (index.firstDirections.length < (slot + 1) * FIRST) {
    const wider = new Float32Array(2 * (slot + 1) * FIRST);
    wider.set(index.firstDirections);
    index.firstDirections = wider;
  }
  unitPrefix(vector, index.firstDirections, slot * FIRST);
}

function unitPrefix({ latent, scales }: TextVector, to: Float32Array, at: number): void {
  for (let k = 0; k < FIRST; k++) to[at + k] = (latent[k] ?? 0) * scales[0]!;
}
