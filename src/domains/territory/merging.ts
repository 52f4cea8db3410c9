/**
 * What an organisation says once another record of it was merged into it.
 *
 * Must always hold: a fact that only one of the two states is never lost by what is proposed; the name that is not kept
 * stays among the other names, so that whoever seeks it finds the organisation; choosing the kept side everywhere changes
 * nothing but that.
 */
import { differenceOf, toJson, type FactName, type Facts, type FactValues, type JsonValue } from './facts.ts';

export const MERGE_SIDES = ['kept', 'gone', 'both'] as const;
export type MergeSide = (typeof MERGE_SIDES)[number];
/** Which side's value stays; what is not named stays as proposed. */
export type MergeChoices = Readonly<Partial<Record<FactName, MergeSide>>>;

/** Facts of which both values can stay side by side. */
const JOINED = ['otherNames', 'links', 'parts', 'themes'] as const;

/** The facts that both state differently, or that only the one that goes states: what a person decides. */
export function factsToChoose(kept: Facts, gone: Facts): readonly FactName[] {
  return differenceOf(kept, gone).names.filter(
    (name) => name !== 'isListed' && name !== 'longitude' && !isEmpty(toJson(gone)[name] ?? null),
  );
}

export function sidesOf(name: FactName): readonly MergeSide[] {
  return isJoined(name) ? ['both', 'kept', 'gone'] : ['kept', 'gone'];
}

export function proposedSide(name: FactName, kept: Facts, gone: Facts): MergeSide {
  if (isEmpty(toJson(kept)[name] ?? null)) return 'gone';
  return isJoined(name) && !isEmpty(toJson(gone)[name] ?? null) ? 'both' : 'kept';
}

/** What is to be written of the kept one. A place is a latitude with its longitude. */
export function mergedFacts(kept: Facts, gone: Facts, choices: MergeChoices): FactValues {
  const values: Record<string, unknown> = {};
  const extra: Record<string, Facts['extra'][string]> = {};
  for (const name of factsToChoose(kept, gone)) {
    const side = choices[name] ?? proposedSide(name, kept, gone);
    if (side === 'kept') continue;
    const code = extraCode(name);
    const own = code === undefined ? undefined : gone.extra[code];
    if (code !== undefined && own !== undefined) extra[code] = own;
    else if (isJoined(name)) values[name] = side === 'both' ? joined(name, kept, gone) : gone[name];
    else values[name] = gone[name as keyof Facts];
    if (name === 'latitude') values['longitude'] = gone.longitude;
  }
  const name = (values['name'] as string | undefined) ?? kept.name;
  const others = (values['otherNames'] as readonly string[] | undefined) ?? kept.otherNames;
  const known = [...others, ...[kept.name, gone.name].filter((each) => each !== name)];
  return { ...(values as FactValues), otherNames: [...new Set(known)], ...(hasKeys(extra) ? { extra } : {}) };
}

function joined(name: (typeof JOINED)[number], kept: Facts, gone: Facts): readonly unknown[] {
  if (name !== 'links') return [...new Set<string>([...kept[name], ...gone[name]])];
  const known = new Set(kept.links.map(({ url }) => url));
  return [...kept.links, ...gone.links.filter(({ url }) => !known.has(url))];
}

function isJoined(name: FactName): name is (typeof JOINED)[number] {
  return JOINED.some((each) => each === name);
}

function extraCode(name: FactName): string | undefined {
  return name.startsWith('extra.') ? name.slice('extra.'.length) : undefined;
}

function isEmpty(value: JsonValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function hasKeys(value: object): boolean {
  return Object.keys(value).length > 0;
}
