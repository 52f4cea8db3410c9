/**
 * The picture that stands for an organisation where its page is shared: PNG, because networks take no SVG.
 *
 * The letters come from the package of the display font, whose files wrap a TrueType font in WOFF (each table deflated);
 * they are unwrapped once. Where the drawing library has no part for this system, there is no picture, and nothing else fails.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { xmlText } from '../../lib/xml.ts';
import { unwrapWoff } from '../../platform/files/woff.ts';

export interface ShareCard {
  readonly title: string;
  readonly kicker: string;
  readonly text: string;
  readonly territory: string;
}

type Draw = (svg: string) => Promise<Uint8Array<ArrayBuffer>>;

const WIDTH = 1200;
const HEIGHT = 630;
const EDGE = 80;

/** Undefined where pictures cannot be drawn on this system. */
export async function drawShareCard(card: ShareCard): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const draw = await drawing();
  return draw?.(svgOf(card));
}

/** Lines broken at words by the width that letters have on average: the font is known, the text is short. */
export function svgOf({ title, kicker, text, territory }: ShareCard): string {
  const size = title.length > 44 ? 64 : 84;
  const titles = linesOf(title, Math.floor((WIDTH - 2 * EDGE) / (size * 0.54)), 2);
  const texts = linesOf(text, 62, 3);
  const textTop = 270 + titles.length * size * 1.08;
  const line = (words: string, y: number, look: string) =>
    `<text x="${EDGE}" y="${Math.round(y)}" ${look}>${xmlText(words)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="Bricolage Grotesque">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#faf8f4"/><rect width="${WIDTH}" height="16" fill="#1d6a3c"/>
${line(kicker, 150, 'font-size="34" fill="#1d6a3c"')}
${titles.map((words, place) => line(words, 250 + place * size * 1.08, `font-size="${size}" font-weight="700" fill="#1b1a18"`)).join('')}
${texts.map((words, place) => line(words, textTop + place * 46, 'font-size="34" fill="#575149"')).join('')}
${line(`${territory} · Terreau`, HEIGHT - 60, 'font-size="30" font-weight="700" fill="#1b1a18"')}</svg>`;
}

/** What does not fit ends with an ellipsis. */
function linesOf(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.replaceAll(/\s+/gu, ' ').trim().split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else if (lines.length < most) lines.push(word.slice(0, width));
    else
      return [
        ...lines.slice(0, -1),
        `${lines
          .at(-1)
          ?.slice(0, width - 1)
          .replace(/[\s,;:.]+$/u, '')}…`,
      ];
  }
  return lines;
}

let prepared: Promise<Draw | undefined> | undefined;

function drawing(): Promise<Draw | undefined> {
  prepared ??= prepare();
  return prepared;
}

async function prepare(): Promise<Draw | undefined> {
  try {
    const { renderAsync } = await import('@resvg/resvg-js');
    const find = createRequire(import.meta.url);
    const fonts = ['400', '700'].flatMap((weight) =>
      ['latin', 'latin-ext'].map((subset) =>
        unwrapWoff(
          readFileSync(
            find.resolve(`@fontsource/bricolage-grotesque/files/bricolage-grotesque-${subset}-${weight}-normal.woff`),
          ),
        ),
      ),
    );
    const options = { font: { fontBuffers: fonts, loadSystemFonts: false, defaultFontFamily: 'Bricolage Grotesque' } };
    return async (svg) => new Uint8Array((await renderAsync(svg, options as never)).asPng());
  } catch {
    return undefined;
  }
}
