/**
 * How long code may grow: files under 400 lines, pages under 150, functions under 70, and no
 * more than 3 levels of nesting inside one function. What people endure in code is the tail.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseSync } from 'vite';

const FILE_LINES = 400;
const PAGE_LINES = 150;
const FUNCTION_LINES = 70;
const NESTING = 3;

const FUNCTION = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;
const BLOCK = /^(If|For|ForIn|ForOf|While|DoWhile|Switch|Try)Statement$/;

interface Node {
  type: string;
  start: number;
  end: number;
}

/** Written by a script, never by hand. */
const GENERATED = ['src/platform/postgres/tables.ts'];

test('no file, page, function or nesting has outgrown the house', () => {
  const files = globSync('{src,scripts,test,bin}/**/*.{ts,tsx}')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !GENERATED.includes(file));
  assert.ok(files.length > 0, 'No source file was found: run from the root of the project.');
  const found = files.flatMap((file) => excesses(file, readFileSync(file, 'utf8')));
  assert.ok(found.length === 0, found.join('\n'));
});

test('what is too long or too deep is named with its place', () => {
  const lines = (count: number) => 'f();\n'.repeat(count);
  const long = `export function tooLong() {\n${lines(68)}}\n`;
  assert.deepEqual(excesses('src/a.ts', long), [
    'src/a.ts:1: this function has 70 lines, the limit is 69. Name its steps and give each a function.',
  ]);
  assert.deepEqual(excesses('src/a.ts', long.replace('f();\n', '')), []);
  assert.deepEqual(excesses('src/a.test.ts', long), []);
  assert.match(excesses('src/pages/a.tsx', lines(150)).join(), /has 150 lines, the limit is 149/);
  assert.match(excesses('src/a.test.ts', lines(400)).join(), /has 400 lines, the limit is 399/);
});

test('nesting counts the blocks of one function, and an else-if chain once', () => {
  const nested = 'if (a) { for (;;) { while (b) { try { f(); } catch {} } } }';
  assert.match(excesses('src/a.ts', nested).join(), /^src\/a\.ts:1: .* nests 4 levels/);
  assert.deepEqual(excesses('src/a.ts', nested.replace('try { f(); } catch {}', 'f();')), []);
  const chain = 'if (a) f(); else if (b) f(); else if (c) f(); else if (d) f(); else f();';
  assert.deepEqual(excesses('src/a.ts', chain), []);
  const fresh = 'if (a) { if (b) { if (c) { g(() => { if (d) f(); }); } } }';
  assert.deepEqual(excesses('src/a.ts', fresh), []);
});

/** One sentence for each limit that the file passes. A test file is held to its length alone. */
function excesses(file: string, source: string): string[] {
  const limit = file.includes('/pages/') ? PAGE_LINES : FILE_LINES;
  const count = lineAt(source, source.trimEnd().length);
  const long = count < limit ? [] : [`${file} has ${count} lines, the limit is ${limit - 1}. Split it by noun.`];
  const isTest = /\.test\.tsx?$/.test(file);
  return isTest ? long : [...long, ...functionExcesses(file, source)];
}

function functionExcesses(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) return [`${file} cannot be read: ${errors[0].message}`];
  return walk(program, 0, false).flatMap(([node, depth]) => {
    if (FUNCTION.test(node.type)) return tooLong(file, source, node);
    if (!BLOCK.test(node.type) || depth !== NESTING + 1) return [];
    const place = `${file}:${lineAt(source, node.start)}`;
    return `${place}: this block nests ${depth} levels, the limit is ${NESTING}. Return early, or give the inner part a function.`;
  });
}

function tooLong(file: string, source: string, node: Node): string[] {
  const first = lineAt(source, node.start);
  const count = lineAt(source, node.end) - first + 1;
  if (count < FUNCTION_LINES) return [];
  return [
    `${file}:${first}: this function has ${count} lines, the limit is ${FUNCTION_LINES - 1}. Name its steps and give each a function.`,
  ];
}

/** Every node below, with how many blocks of its own function hold it. */
function walk(node: object, depth: number, isElseIf: boolean): (readonly [Node, number])[] {
  if (Array.isArray(node)) return node.flatMap((item) => (item ? walk(item, depth, false) : []));
  if (!isNode(node)) return [];
  const inner = FUNCTION.test(node.type) ? 0 : depth + (BLOCK.test(node.type) && !isElseIf ? 1 : 0);
  const children = Object.entries(node).flatMap(([key, child]) => {
    const continues = key === 'alternate' && child?.type === 'IfStatement';
    return child !== null && typeof child === 'object' ? walk(child, inner, continues) : [];
  });
  return [[node, inner], ...children];
}

function isNode(value: object): value is Node {
  return 'type' in value && 'start' in value;
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
