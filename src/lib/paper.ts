/**
 * A document as it is read, whatever draws it: headings, paragraphs, facts and tables, in reading order.
 *
 * Must always hold: all of it is plain JSON, so that what was issued can be kept and drawn again; every text is already
 * in the language of the document; a row has a cell for each column.
 */
export interface Paper {
  /** Without names of others: it stands in the data that describes the file. */
  readonly title: string;
  readonly locale: 'fr' | 'en';
  /** Who writes, line by line. */
  readonly sender: readonly string[];
  /** To whom, line by line; empty when it is nobody's in particular. */
  readonly recipient: readonly string[];
  /** `2026-11-28`: the only day inside that is not one of its facts. */
  readonly issuedOn: string;
  readonly blocks: readonly PaperBlock[];
  /** At the foot of each page, before its number. */
  readonly foot: string;
  /** How a page is numbered, with `{page}` and `{pages}`. */
  readonly pageWords: string;
}

export type PaperBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly isSmall?: boolean }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [term: string, details: string])[] }
  | PaperTable;

export interface PaperTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly (readonly string[])[];
  /** The last row, when the columns add up. */
  readonly total?: readonly string[];
}

export interface PaperColumn {
  readonly title: string;
  readonly isNumeric?: boolean;
  /** Its part of the width, beside those of the others. */
  readonly share: number;
}
