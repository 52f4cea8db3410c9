/**
 * Rows that speak of one organisation as what they say together, and what that changes in what is known.
 *
 * Must always hold: the later row has the last word on a value, and every name that was said is kept; nothing that is
 * known is taken away because a file is silent; a value that could never be stored is told and left out, the others stay.
 */
import { differenceOf, faultsOf, fromJson, NO_FACTS, withFacts } from '../territory/facts.ts';
import type { Facts, FactValues, JsonValue, WrittenFacts } from '../territory/facts.ts';
import type { Part } from '../territory/organisation.ts';
import { nameKeyOf } from './values.ts';
import type { Problem } from './stated.ts';

export interface StagedFacts {
  readonly number: number;
  readonly facts: Readonly<Record<string, JsonValue>>;
}

const SETS = ['themes', 'otherNames'] as const;

/** In the order of the rows. */
export function mergeRows(rows: readonly StagedFacts[]): Record<string, JsonValue> {
  const merged: Record<string, JsonValue> = {};
  const names: string[] = [];
  for (const { facts } of rows) {
    if (typeof facts['name'] === 'string') names.push(facts['name']);
    for (const [field, value] of Object.entries(facts)) {
      if (field === 'links') merged[field] = joinLinks(merged[field], value);
      else if ((SETS as readonly string[]).includes(field))
        merged[field] = [...new Set([...textsOf(merged[field]), ...textsOf(value)])];
      else merged[field] = value;
    }
  }
  const name = merged['name'];
  const others = [...new Set([...textsOf(merged['otherNames']), ...names])].filter((each) => !isSameName(each, name));
  if (others.length > 0) merged['otherNames'] = others;
  return merged;
}

export interface Effect {
  readonly before: WrittenFacts;
  readonly after: WrittenFacts;
  /** Ready for the writer; `themes` are labels still. */
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly problems: readonly Problem[];
}

/** What the stated facts would change. `themeCode` leads a label to its theme, or to what stands for a new one. */
export function effectOf(
  standing: Facts | undefined,
  stated: Readonly<Record<string, JsonValue>>,
  part: Part,
  themeCode: (label: string) => string,
): Effect {
  const problems: Problem[] = [];
  let given: Record<string, JsonValue> = over(standing, stated, part);
  const known = standing ?? NO_FACTS;
  const wantedOf = () => withFacts(known, valuesOf(given, themeCode, known));
  let wanted = wantedOf();
  for (let faults = faultsOf(wanted); faults.length > 0; faults = faultsOf(wanted)) {
    const [fault] = faults;
    if (fault === undefined || !(fault.field in given)) {
      problems.push({ column: fault?.field ?? '', code: 'not-writable', text: '' });
      break;
    }
    problems.push({ column: fault.field, code: 'not-writable', text: String(given[fault.field]).slice(0, 80) });
    const { [fault.field]: _, ...rest } = given;
    given = rest;
    wanted = wantedOf();
  }
  const { before, after } = differenceOf(known, wanted);
  return { before: standing === undefined ? {} : before, after, facts: given, problems };
}

/** The values for the writer, with codes of themes in place of labels. */
export function valuesOf(
  facts: Readonly<Record<string, JsonValue>>,
  themeCode: (label: string) => string,
  known: Pick<Facts, 'themes'>,
): FactValues {
  const { themes, ...rest } = facts;
  const codes = textsOf(themes).map(themeCode);
  return { ...fromJson(rest), ...(codes.length > 0 ? { themes: [...known.themes, ...codes] } : {}) };
}

/** What is known stays where the file says nothing; sets grow; a name that gives way to another is kept as a former one. */
function over(
  standing: Facts | undefined,
  stated: Readonly<Record<string, JsonValue>>,
  part: Part,
): Record<string, JsonValue> {
  if (standing === undefined) return { ...stated, parts: [part] };
  const name = stated['name'] ?? standing.name;
  const former = isSameName(standing.name, name) ? [] : [standing.name];
  const otherNames = [...new Set([...standing.otherNames, ...former, ...textsOf(stated['otherNames'])])].filter(
    (each) => !isSameName(each, name),
  );
  const isRenamed =
    otherNames.length > standing.otherNames.length || otherNames.some((each) => !standing.otherNames.includes(each));
  return {
    ...stated,
    ...(isRenamed ? { otherNames } : { otherNames: standing.otherNames }),
    ...(stated['links'] === undefined
      ? {}
      : { links: joinLinks(standing.links as unknown as JsonValue, stated['links']) }),
  };
}

function isSameName(one: string, other: JsonValue | undefined): boolean {
  return typeof other === 'string' && nameKeyOf(one) === nameKeyOf(other);
}

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function joinLinks(known: JsonValue | undefined, added: JsonValue): JsonValue {
  const list = (value: JsonValue | undefined) =>
    Array.isArray(value) ? (value as { label: string; url: string }[]) : [];
  const byUrl = new Map([...list(added), ...list(known)].map((link) => [link.url, link]));
  return [...new Set([...list(known).map(({ url }) => url), ...byUrl.keys()])].flatMap((url) => {
    const link = byUrl.get(url);
    return link === undefined ? [] : [{ label: link.label, url: link.url }];
  });
}
