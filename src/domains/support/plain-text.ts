/**
 * Texts of files as people should read them: HTML becomes plain text, invisible characters go.
 *
 * Must always hold: no word is lost; nothing that was a tag stays; a text without HTML and without invisible characters
 * comes back unchanged but for line ends and outer spaces. Markdown is left as it is: it reads well enough.
 */
export interface CleanText {
  readonly text: string;
  readonly hadHtml: boolean;
  readonly hadInvisible: boolean;
}

/** Tags that texts of catalogues hold; « 3 < 5 » and « <nom> » are not HTML. */
const TAG =
  /<\/?(?:a|abbr|article|b|blockquote|br|code|dd|del|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins|li|mark|ol|p|picture|pre|q|s|script|section|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|tr|u|ul|video)(?:\s[^<>]*)?\/?>/giu;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,10}));/giu;
// Control characters, marks of direction, zero-width characters, a byte order mark inside, characters of private use.
// oxlint-disable-next-line no-control-regex -- these are the characters to remove
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  bull: '•',
  middot: '·',
  euro: '€',
  deg: '°',
  copy: '©',
  reg: '®',
  times: '×',
  oelig: 'œ',
  OElig: 'Œ',
  aelig: 'æ',
  agrave: 'à',
  acirc: 'â',
  ccedil: 'ç',
  Ccedil: 'Ç',
  eacute: 'é',
  Eacute: 'É',
  egrave: 'è',
  Egrave: 'È',
  ecirc: 'ê',
  Ecirc: 'Ê',
  euml: 'ë',
  icirc: 'î',
  iuml: 'ï',
  ocirc: 'ô',
  ouml: 'ö',
  ugrave: 'ù',
  ucirc: 'û',
  uuml: 'ü',
  Agrave: 'À',
  sup2: '²',
  sup3: '³',
};

/** For a text over several lines. */
export function cleanText(raw: string): CleanText {
  const visible = raw
    .normalize('NFC')
    .toWellFormed()
    .replace(/\r\n?|[\u000c\u2028\u2029]/gu, '\n')
    .replace(INVISIBLE, '');
  const hadInvisible = INVISIBLE.test(raw) || !raw.isWellFormed();
  INVISIBLE.lastIndex = 0;
  const hadHtml =
    visible.search(TAG) >= 0 || /&(?:nbsp|amp|quot|lt|gt|rsquo|eacute|egrave|agrave|#\d+);/u.test(visible);
  const plain = hadHtml ? withoutHtml(visible) : visible;
  const text = plain
    .replace(/[ \t]+\n/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
  return { text, hadHtml, hadInvisible };
}

/** For a text on one line. */
export function cleanLine(raw: string): CleanText {
  const clean = cleanText(raw);
  return { ...clean, text: clean.text.replace(/\s+/gu, ' ').trim() };
}

function withoutHtml(html: string): string {
  return html
    .replace(/<(script|style|svg)\b[^<>]*>[\s\S]*?<\/\1\s*>/giu, ' ')
    .replace(
      /<a\s[^<>]*?href\s*=\s*["']?(https?:[^"'\s<>]+)["']?[^<>]*>([\s\S]*?)<\/a\s*>/giu,
      (_all, address: string, inside: string) => (inside.includes(address) ? inside : `${inside} (${address})`),
    )
    .replace(/<li(?:\s[^<>]*)?>/giu, '\n- ')
    .replace(
      /<(?:br|hr)(?:\s[^<>]*)?\/?>|<\/(?:p|div|h[1-6]|tr|ul|ol|table|blockquote|section|article|figure)\s*>/giu,
      '\n',
    )
    .replace(TAG, '')
    .replace(ENTITY, (all, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? ENTITIES[name.toLowerCase()] ?? all;
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
      return code >= 32 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
    })
    .replace(INVISIBLE, '')
    .replace(/\n[ \t]+/gu, '\n');
}
