/**
 * A translator per request: it turns a message key and values into a sentence of one language.
 *
 * Messages are written in a small part of ICU MessageFormat:
 *   {name}                                             a value; numbers are written in the habits of the language
 *   {n, plural, =0 {…} one {…} other {…}}              by Intl.PluralRules; # is the number itself
 *   {n, selectordinal, one {#er} other {#e}}           the same, for ranks
 *   {kind, select, grant {…} other {…}}                by the exact value
 *   <link>…</link>                                     only through `rich`, which hands the inside to a function
 * Branches nest. There is no quoting: an apostrophe is an apostrophe, and braces cannot be written.
 *
 * What always holds: both languages are written, neither falls back on the other; an unknown key or a missing value
 * is a bug and throws, never a blank on a screen; a compiled message is kept, so that the second use costs no parsing.
 */
import { formatNumber } from './format.ts';
import type { Locale } from './locale.ts';

export type { Locale } from './locale.ts';
export type Messages = Readonly<Record<string, string>>;
export type Value = string | number | bigint;
export type Values = Readonly<Record<string, Value>>;

/** What wraps the inside of a `<tag>…</tag>`; `Node` is whatever the screen draws. */
export type Wrap<Node> = (children: (string | Node)[]) => Node;
export type RichValues<Node> = Readonly<Record<string, Value | Wrap<Node>>>;

export interface Translate<Key extends string = string> {
  (key: Key, values?: Values): string;
  rich<Node>(key: Key, values: RichValues<Node>): (string | Node)[];
  readonly locale: Locale;
}

export type KeysOf<M extends Messages> = keyof M & string;

/** The translator of one language over one pair of message files. Throws on a key that the file lacks. */
export function translator<const M extends Messages>(
  locale: Locale,
  messages: { readonly fr: M; readonly en: { readonly [Key in keyof M]: string } },
): Translate<KeysOf<M>> {
  const own: Messages = messages[locale];
  const find = (key: string) => {
    const message = own[key];
    if (message === undefined) throw new Error(`No message "${key}" in ${locale}`);
    return compile(message);
  };
  const translate = (key: KeysOf<M>, values: Values = {}) => evaluate(find(key), { key, locale, values }).join('');
  const rich = <Node>(key: KeysOf<M>, values: RichValues<Node>) =>
    joinText(evaluate<Node>(find(key), { key, locale, values }));
  return Object.assign(translate, { rich, locale });
}

/** The names that a message expects: values, and tags written `<name>`. Sorted, each once. */
export function placeholdersOf(message: string): string[] {
  const names = new Set<string>();
  const visit = (parts: readonly Part[]) => {
    for (const part of parts) {
      if (part.kind === 'value') names.add(part.name);
      if (part.kind === 'tag') names.add(`<${part.name}>`);
      if (part.kind === 'tag') visit(part.children);
      if (part.kind === 'choice') {
        names.add(part.name);
        part.branches.forEach(visit);
      }
    }
  };
  visit(compile(message));
  return [...names].toSorted();
}

type ChoiceType = 'plural' | 'selectordinal' | 'select';
type Part =
  | { kind: 'text'; text: string }
  | { kind: 'value'; name: string }
  | { kind: 'hash' }
  | { kind: 'tag'; name: string; children: readonly Part[] }
  | {
      kind: 'choice';
      type: ChoiceType;
      name: string;
      branches: ReadonlyMap<string, readonly Part[]>;
    };

interface Context<Node> {
  readonly key: string;
  readonly locale: Locale;
  readonly values: RichValues<Node>;
  /** The number of the nearest plural, for `#`. */
  readonly count?: number | bigint;
}

const compiled = new Map<string, readonly Part[]>();

function compile(message: string): readonly Part[] {
  const known = compiled.get(message);
  if (known) return known;
  const reader: Reader = { message, at: 0 };
  const parts = readParts(reader, { inPlural: false });
  if (reader.at < message.length) throw unreadable(reader, 'a closing mark without its opening');
  compiled.set(message, parts);
  return parts;
}

function evaluate<Node>(parts: readonly Part[], context: Context<Node>): (string | Node)[] {
  return parts.flatMap((part): (string | Node)[] => {
    switch (part.kind) {
      case 'text':
        return [part.text];
      case 'hash':
        return [formatNumber(context.locale, context.count ?? 0)];
      case 'value':
        return [writeValue(valueOf(part.name, context), context.locale)];
      case 'tag':
        return [wrapOf(part.name, context)(joinText(evaluate(part.children, context)))];
      case 'choice':
        return evaluateChoice(part, context);
    }
  });
}

function evaluateChoice<Node>(part: Part & { kind: 'choice' }, context: Context<Node>): (string | Node)[] {
  const value = valueOf(part.name, context);
  const fallback = part.branches.get('other') ?? [];
  if (part.type === 'select') return evaluate(part.branches.get(String(value)) ?? fallback, context);
  if (typeof value === 'string') throw new Error(`"${context.key}" wants a number for {${part.name}}`);
  const rules = pluralRules(context.locale, part.type === 'plural' ? 'cardinal' : 'ordinal');
  const branch = part.branches.get(`=${value}`) ?? part.branches.get(rules.select(Number(value))) ?? fallback;
  return evaluate(branch, { ...context, count: value });
}

function valueOf<Node>(name: string, { key, values }: Context<Node>): Value {
  const value = values[name];
  if (value === undefined) throw new Error(`"${key}" wants a value for {${name}}`);
  if (typeof value === 'function') throw new Error(`"${key}" uses {${name}} as a value, and was given a function`);
  return value;
}

function wrapOf<Node>(name: string, { key, values }: Context<Node>): Wrap<Node> {
  const wrap = values[name];
  if (typeof wrap !== 'function') throw new Error(`"${key}" wants a function for <${name}>: use rich()`);
  return wrap;
}

function writeValue(value: Value, locale: Locale): string {
  return typeof value === 'string' ? value : formatNumber(locale, value);
}

function joinText<Node>(pieces: (string | Node)[]): (string | Node)[] {
  const joined: (string | Node)[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}

const rules = new Map<string, Intl.PluralRules>();

function pluralRules(locale: Locale, type: 'cardinal' | 'ordinal'): Intl.PluralRules {
  const name = `${locale} ${type}`;
  const known = rules.get(name) ?? new Intl.PluralRules(locale, { type });
  rules.set(name, known);
  return known;
}

interface Reader {
  readonly message: string;
  at: number;
}

/** Reads until the end, a closing brace or a closing tag, which it leaves to its caller. */
function readParts(reader: Reader, { inPlural }: { inPlural: boolean }): readonly Part[] {
  const parts: Part[] = [];
  const stop = inPlural ? /[{}<#]/g : /[{}<]/g;
  while (reader.at < reader.message.length) {
    stop.lastIndex = reader.at;
    const end = stop.exec(reader.message)?.index ?? reader.message.length;
    if (end > reader.at) parts.push({ kind: 'text', text: reader.message.slice(reader.at, end) });
    reader.at = end;
    const mark = reader.message[end];
    if (mark === undefined || mark === '}' || reader.message.startsWith('</', end)) break;
    if (mark === '#') {
      parts.push({ kind: 'hash' });
      reader.at += 1;
    } else if (mark === '{') parts.push(readBraces(reader, inPlural));
    else parts.push(readTag(reader, inPlural));
  }
  return parts;
}

function readBraces(reader: Reader, inPlural: boolean): Part {
  const head = take(reader, /\{\s*(\w+)\s*(?:,\s*(plural|selectordinal|select)\s*,)?/y, 'a name after {');
  const [, name = '', type] = head;
  if (type === undefined) {
    take(reader, /\}/y, 'a closing }');
    return { kind: 'value', name };
  }
  const branches = new Map<string, readonly Part[]>();
  for (;;) {
    const [, end, branch = ''] = take(reader, /\s*(?:(\})|(=\d+|[\w-]+)\s*\{)/y, 'a branch {…}');
    if (end) break;
    branches.set(branch, readParts(reader, { inPlural: inPlural || type !== 'select' }));
    take(reader, /\}/y, 'the end of a branch');
  }
  if (!branches.has('other')) throw unreadable(reader, 'a branch "other"');
  return { kind: 'choice', type: type as ChoiceType, name, branches };
}

function readTag(reader: Reader, inPlural: boolean): Part {
  const [, name = ''] = take(reader, /<(\w+)>/y, 'a tag <name>');
  const children = readParts(reader, { inPlural });
  take(reader, new RegExp(`</${name}>`, 'y'), `</${name}>`);
  return { kind: 'tag', name, children };
}

function take(reader: Reader, pattern: RegExp, expected: string): RegExpExecArray {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.message);
  if (!match) throw unreadable(reader, expected);
  reader.at = pattern.lastIndex;
  return match;
}

function unreadable(reader: Reader, expected: string): Error {
  return new Error(`Message "${reader.message}" wants ${expected} at character ${reader.at}`);
}
