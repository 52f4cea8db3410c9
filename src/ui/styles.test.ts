/** The look keeps its promises: raw values in tokens.css alone, contrasts that hold in both themes, no rule without use. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (file: string) => readFileSync(`src/ui/${file}`, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
const tokens = read('tokens.css');
const sheets = ['base.css', 'layout.css', 'components.css', 'charts.css', 'forms.css', 'print.css'];

test('no sheet but tokens.css writes a colour, a length or a duration', () => {
  const faults = sheets.flatMap((sheet) =>
    read(sheet)
      .split('\n')
      .filter((line) => !/@media|@page|var\(--page-margin/.test(line))
      .filter((line) =>
        /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(|(?<![\w-])\d*\.?\d+(px|rem|em|ch|pt|mm|ms|s)\b/.test(line),
      )
      .map((line) => `${sheet}: ${line.trim()}`),
  );
  assert.deepEqual(faults, []);
});

test('every token that a sheet uses exists', () => {
  const known = new Set(tokens.match(/--[\w-]+(?=:)/g));
  const used = [tokens, ...sheets.map(read)].join().matchAll(/var\((--[\w-]+)/g);
  assert.deepEqual(
    [...used].map(([, name]) => name).filter((name) => !known.has(name ?? '')),
    [],
  );
});

test('text reads at 4.5 to 1 and edges show at 3 to 1, in both themes', () => {
  const text: [string, string[]][] = [
    ['--ink', ['--paper', '--surface', '--sunken', '--green-wash', '--terracotta-wash', '--slate-wash']],
    ['--ink-soft', ['--paper', '--surface', '--sunken']],
    ['--green', ['--paper', '--surface', '--sunken', '--green-wash']],
    ['--green-strong', ['--paper', '--surface', '--green-wash']],
    ['--green-ink', ['--green', '--green-strong']],
    ['--terracotta', ['--paper', '--surface', '--terracotta-wash']],
    ['--terracotta-ink', ['--terracotta', '--terracotta-strong']],
    ['--slate', ['--slate-wash']],
  ];
  for (const theme of [0, 1]) {
    for (const [name, grounds] of text) for (const ground of grounds) holds(name, ground, theme, 4.5);
    for (const ground of ['--paper', '--surface']) holds('--line-strong', ground, theme, 3);
  }
});

test('no rule stands without a component or a page that uses its class', () => {
  const ruled = new Set(
    [
      ...sheets
        .map(read)
        .join()
        .matchAll(/\.(?!tone-)([a-z][\w-]*)/g),
    ].map(([, name]) => name),
  );
  const sources = globSync('src/**/*.tsx')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const unused = [...ruled].filter((name) => !new RegExp(`['"\`\\s.]${name}\\b`).test(sources));
  assert.deepEqual(
    unused.filter((name) => !offered.has(name ?? '')),
    [],
  );
});

/** Offered to pages by the README, whether or not one uses them today. */
const offered = new Set('prose two side strong nowrap units print-only'.split(' '));

function holds(name: string, ground: string, theme: number, least: number): void {
  const [a = 0, b = 0] = [luminance(name, theme), luminance(ground, theme)].toSorted((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  assert.ok(ratio >= least, `${name} on ${ground}, theme ${theme}: ${ratio.toFixed(2)} where ${least} is needed`);
}

function luminance(name: string, theme: number): number {
  const pair = new RegExp(`${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens);
  const hex = pair?.[theme + 1];
  assert.ok(hex, `${name} is not a pair of colours`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
