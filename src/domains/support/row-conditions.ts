/**
 * For whom an offer of a file is, and what a need of a file says of its project.
 *
 * Must always hold: a restriction that is not understood becomes a condition to verify, never nothing.
 */
import { itemsOfCell, placesOfCell, textOfCell, wholeOfCell, yesOfCell } from './cells.ts';
import { NO_CONDITIONS, type NeedFacts, type OfferConditions } from './conditions.ts';
import { NAF_SECTIONS } from '../territory/naf-sections.ts';
import { readNaf } from './naf.ts';
import { cleanLine } from './plain-text.ts';
import { readPlace } from './places.ts';
import { quote, readDay, readOr, refuse, remark, type Reading } from './row-reading.ts';

const MAX_CONDITION = 300;

const MAX_CONDITIONS = 20;

export function readFactsOf(reading: Reading): NeedFacts {
  const { sections, unknown } = readSections(reading);
  const [place] = placesOfCell(reading.cell('regions')).map(readPlace);
  if (unknown.length > 0) remark(reading, 'nafSections', 'value-unknown', { text: unknown.join(', ') });
  if (place === undefined && reading.cell('regions') !== undefined)
    remark(reading, 'regions', 'value-unknown', { text: quote(reading.cell('regions')) });
  return {
    nafSections: sections,
    regionCode:
      place === undefined || place.kind === 'country' ? null : place.kind === 'region' ? place.code : place.regionCode,
    employees: readOr<number | null>(reading, 'employees', wholeOfCell, null),
    isSoleTrader: readOr<boolean | null>(reading, 'soleTrader', yesOfCell, null),
  };
}

function readSections(reading: Reading): { sections: string[]; unknown: string[] } {
  const items = itemsOfCell(reading.cell('nafSections'));
  const sections = new Set(items.flatMap((item) => readNaf(item) ?? []));
  return {
    sections: NAF_SECTIONS.filter((letter) => sections.has(letter)),
    unknown: items.filter((item) => readNaf(item) === undefined),
  };
}

/** `moved` are conditions too long or too many to be judged one by one: they go to the text, whole. */
export function readConditionsOf(reading: Reading): { conditions: OfferConditions; moved: string[] } {
  if (reading.context.subject !== 'offers') return { conditions: NO_CONDITIONS, moved: [] };
  const { sections, unknown } = readSections(reading);
  if (unknown.length > 0) remark(reading, 'nafSections', 'condition-kept', { text: unknown.join(', ') });
  const places = readPlaces(reading);
  const [from, to] = [readDay(reading, 'availableFrom'), readDay(reading, 'availableTo')];
  notePeriod(reading, from, to);
  const [minEmployees, maxEmployees] = [readSize(reading, 'minEmployees'), readSize(reading, 'maxEmployees')];
  if (minEmployees.size !== null && maxEmployees.size !== null && minEmployees.size > maxEmployees.size) {
    refuse(reading, 'maxEmployees', 'sizes-backwards', { minimum: minEmployees.size, maximum: maxEmployees.size });
  }
  const texts = reading
    .cells('toVerify')
    .flatMap((cell) => (typeof cell === 'object' ? cell : textOfCell(cell).split('\n')))
    .map((text) => cleanLine(text).text.replace(/^[-•*]\s*/u, ''))
    .filter((text) => text !== '');
  const isLong = texts.length > MAX_CONDITIONS || texts.some((text) => text.length > MAX_CONDITION);
  if (isLong) remark(reading, 'toVerify', 'conditions-in-text', { count: texts.length });
  return {
    conditions: {
      nafSections: sections.length === NAF_SECTIONS.length ? [] : sections,
      ...places,
      minEmployees: minEmployees.size,
      maxEmployees: maxEmployees.size,
      excludesSoleTraders: readOr(reading, 'excludesSoleTraders', yesOfCell, false),
      toVerify: [...(isLong ? [] : new Set(texts)), ...unknown, ...minEmployees.toVerify, ...maxEmployees.toVerify],
      availableFrom: from,
      availableUntil: to?.add({ days: 1 }) ?? null,
    },
    moved: isLong ? [texts.map((text) => `- ${text}`).join('\n')] : [],
  };
}

function readPlaces(reading: Reading): Pick<OfferConditions, 'regions' | 'departments' | 'otherPlaces'> {
  const items = reading.cells('regions').flatMap(placesOfCell);
  const places = items.map(readPlace);
  if (places.some((place) => place?.kind === 'country')) return { regions: [], departments: [], otherPlaces: [] };
  const regions = [...new Set(places.flatMap((place) => (place?.kind === 'region' ? [place.code] : [])))];
  const departments = places.flatMap((place) =>
    place?.kind === 'department' && !regions.includes(place.regionCode) ? [place.code] : [],
  );
  const otherPlaces = items.filter((_, index) => places[index] === undefined).map((item) => cleanLine(item).text);
  if (otherPlaces.length > 0) remark(reading, 'regions', 'place-kept', { text: otherPlaces.join(', ') });
  return { regions, departments: [...new Set(departments)], otherPlaces };
}

function readSize(
  reading: Reading,
  field: 'minEmployees' | 'maxEmployees',
): { size: number | null; toVerify: string[] } {
  const cell = reading.cell(field);
  const size = wholeOfCell(cell);
  if (size !== undefined) return { size, toVerify: [] };
  remark(reading, field, 'condition-kept', { text: quote(cell) });
  return { size: null, toVerify: [cleanLine(textOfCell(cell)).text] };
}

function notePeriod(reading: Reading, from: Temporal.PlainDate | null, to: Temporal.PlainDate | null): void {
  const { today } = reading.context;
  if (from !== null && to !== null && Temporal.PlainDate.compare(from, to) > 0)
    refuse(reading, 'availableTo', 'period-backwards', { from: from.toString(), to: to.toString() });
  else if (to !== null && Temporal.PlainDate.compare(to, today) < 0)
    remark(reading, 'availableTo', 'period-over', { date: to.toString() });
  else if (from !== null && Temporal.PlainDate.compare(from, today) > 0)
    remark(reading, 'availableFrom', 'period-to-come', { date: from.toString() });
}
