/**
 * What the cells of a column look like: a title, prose, a name, tags, a key. Each test answers a share between 0 (cannot
 * be) and 1 (surely is), on a sample spread over the whole file.
 */
import { itemsOfCell, kindOfCell, textOfCell, type CellValue } from './cells.ts';
import { DEFAULT_KINDS } from './kind.ts';

export interface Sample {
  readonly filled: readonly CellValue[];
  readonly texts: readonly string[];
  /** Share of the rows that say something. */
  readonly share: number;
}

const SAMPLE_ROWS = 300;

export function sampleOf(rows: readonly { readonly cells: readonly CellValue[] }[], place: number): Sample {
  const step = Math.max(1, Math.floor(rows.length / SAMPLE_ROWS));
  const cells = rows.filter((_, row) => row % step === 0).map((row) => row.cells[place]);
  const filled = cells.filter((cell) => textOfCell(cell) !== '');
  return { filled, texts: filled.map(textOfCell), share: cells.length === 0 ? 0 : filled.length / cells.length };
}

export function looksLikeTitle(sample: Sample): number {
  if (sample.share < 0.5 || isAddress(sample)) return 0;
  const lengths = share(sample.texts, (text) => text.length >= 3 && text.length <= 300 && /\p{L}{2}/u.test(text));
  return lengths < 0.7 ? 0 : lengths * (0.4 + 0.6 * distinctShare(sample));
}

export function looksLikeProse(sample: Sample): number {
  // Lists are steps, links or criteria: rarely what the thing is.
  if (isAddress(sample) || meanLength(sample) < 25 || share(sample.filled, (cell) => typeof cell === 'string') < 0.5)
    return 0;
  return share(sample.texts, (text) => /\s/u.test(text) && /\p{L}{3}/u.test(text)) > 0.7
    ? Math.min(1, 0.5 + meanLength(sample) / 400)
    : 0;
}

export function looksLikeName(sample: Sample): number {
  if (isAddress(sample)) return 0;
  return share(
    sample.texts,
    (text) => text.length >= 2 && text.length <= 160 && /\p{L}/u.test(text) && !/[.!?] \p{Lu}/u.test(text),
  ) > 0.8
    ? 1 - 0.2 * distinctShare(sample)
    : 0;
}

export function looksLikeTags(sample: Sample): number {
  const items = sample.filled.flatMap((cell) => itemsOfCell(cell));
  if (isAddress(sample) || items.length === 0) return 0;
  const short = share(items, (item) => item.length >= 2 && item.length <= 80 && /\p{L}{2}/u.test(item));
  const distinct = new Set(items).size / items.length;
  return short > 0.9 && (distinct < 0.7 || items.length < 10) ? 1 : 0;
}

/** Lists or lines short enough to be read one by one. */
export function looksLikeConditions(sample: Sample): number {
  const lines = sample.texts.flatMap((text) => text.split('\n'));
  return !isAddress(sample) &&
    lines.length > 0 &&
    lines.reduce((all, line) => all + line.length, 0) / lines.length < 200
    ? share(sample.texts, (text) => /\p{L}{3}/u.test(text))
    : 0;
}

/** Said of most rows, in few different words. */
export function looksLikeKind(sample: Sample): number {
  if (sample.share < 0.5 || new Set(sample.texts).size > 60) return 0;
  return atLeastHalf(share(sample.filled, (cell) => kindOfCell(cell, DEFAULT_KINDS) instanceof Object));
}

export function looksLikeKey(sample: Sample): number {
  const single = share(sample.texts, (text) => text.length <= 200 && !/\s/u.test(text));
  // A few repeats are faults of rows, told one by one; many mean that it is no key.
  return sample.share > 0.9 && (distinctShare(sample) >= 0.9 || new Set(sample.texts).size >= sample.texts.length - 1)
    ? single
    : 0;
}

export function isUnits(sample: Sample): number {
  return share(sample.texts, (text) => /^\d{1,5}(\s*\p{L}[\p{L}\s-]*)?$/u.test(text) && Number.parseInt(text, 10) > 0);
}

export function isTelling(sample: Sample): boolean {
  return sample.filled.length >= 3 && new Set(sample.texts).size > 1;
}

export function isAddress(sample: Sample): boolean {
  return share(sample.texts, (text) => /^(https?:|www\.|\S+@\S+\.\S+$)/iu.test(text)) > 0.5;
}

export function byCell(test: (cell: CellValue) => boolean): (sample: Sample) => number {
  return ({ filled }) => atLeastHalf(share(filled, test));
}

export function byItem(test: (item: string) => boolean): (sample: Sample) => number {
  return ({ filled }) =>
    atLeastHalf(
      share(
        filled.flatMap((cell) => itemsOfCell(cell)),
        test,
      ),
    );
}

export function atLeastHalf(value: number): number {
  return value >= 0.5 ? value : 0;
}

export function share<Item>(items: readonly Item[], test: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

export function distinctShare(sample: Sample): number {
  return sample.texts.length === 0 ? 0 : new Set(sample.texts).size / sample.texts.length;
}

export function meanLength(sample: Sample | undefined): number {
  return sample === undefined || sample.texts.length === 0
    ? 0
    : sample.texts.reduce((all, text) => all + text.length, 0) / sample.texts.length;
}
