/**
 * Lines of letters that fit a width, cut where fonts change.
 *
 * Must always hold: words stay apart when lines are joined again; a letter that no font has is drawn as « ? », never left
 * out; words are measured once, so that a long document takes no longer a line than a short one.
 */
import type PdfKit from 'pdfkit';

export type Drawing = InstanceType<typeof PdfKit>;
export type Weight = 'plain' | 'bold';

export interface LetterLook {
  readonly size: number;
  readonly weight?: Weight;
}

interface Run {
  readonly font: string;
  readonly text: string;
}

/** A line that fits. */
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
}

export interface Letters {
  readonly drawing: Drawing;
  /** The font of each letter that was met, by weight; empty where none has it. */
  readonly fonts: Map<string, string>;
  readonly widths: Map<string, number>;
}

/** Lines of at most this width; words that are wider are cut. */
export function wrap(letters: Letters, text: string, width: number, look: LetterLook): Line[] {
  const measured = (words: string) => measure(letters, words, look);
  const lines = text.split('\n').flatMap((part) => wrapWords(part, width, measured));
  return lines.map((line, place) => {
    // The space that stood where the line was broken: joined again, the words stay two.
    const whole = place < lines.length - 1 ? `${line} ` : line;
    return { runs: runsOf(letters, whole, look.weight ?? 'plain'), width: measured(line) };
  });
}

export function measure(letters: Letters, text: string, { size, weight = 'plain' }: LetterLook): number {
  const key = `${size} ${weight} ${text}`;
  const known = letters.widths.get(key);
  if (known !== undefined) return known;
  const width = runsOf(letters, text, weight).reduce(
    (sum, run) => sum + letters.drawing.font(run.font).fontSize(size).widthOfString(run.text),
    0,
  );
  letters.widths.set(key, width);
  return width;
}

function runsOf(letters: Letters, text: string, weight: Weight): Run[] {
  const runs: { font: string; text: string }[] = [];
  // No font of ours has the narrow no-break space: the wide one keeps what it keeps together.
  for (const given of text.replaceAll('\u202f', '\u00a0')) {
    const found = fontOf(letters, given, weight);
    const [font, letter] = found === '' ? [`${weight}-latin`, '?'] : [found, given];
    const last = runs.at(-1);
    if (last?.font === font) last.text += letter;
    else runs.push({ font, text: letter });
  }
  return runs;
}

function fontOf({ drawing, fonts }: Letters, letter: string, weight: Weight): string {
  const key = `${weight}${letter}`;
  const known = fonts.get(key) ?? findFont(drawing, letter, weight);
  fonts.set(key, known);
  return known;
}

function wrapWords(text: string, width: number, measure: (text: string) => number): string[] {
  const space = measure(' ');
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/[ \t]+/u).flatMap((each) => cutWord(each, width, measure))) {
    const longer = used + space + measure(word);
    if (line !== '' && longer <= width) {
      line += ` ${word}`;
      used = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    used = measure(word);
  }
  return [...lines, line];
}

function cutWord(word: string, width: number, measure: (text: string) => number): string[] {
  if (measure(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && measure(piece + letter) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}

/** The first font of this weight that has the letter; empty when none has. */
function findFont(drawing: Drawing, letter: string, weight: Weight): string {
  const point = letter.codePointAt(0) ?? 0;
  for (const subset of ['latin', 'latin-ext']) {
    const name = `${weight}-${subset}`;
    const { _font } = drawing.font(name) as unknown as {
      _font: { font: { hasGlyphForCodePoint(point: number): boolean } };
    };
    if (_font.font.hasGlyphForCodePoint(point)) return name;
  }
  return '';
}
