/**
 * The phases, ties and affiliations that a row states.
 *
 * Must always hold: lists that run side by side in one list of the row are read together; a phase has a start; an end
 * that comes before its start is told and left out.
 */
import { itemsOfCell, textOfCell } from '../support/cells.ts';
import { problem, readDay, type LinkKind, type Reference, type Row, type StatedLink } from './stated.ts';
import { columnsOf, type Cell } from './table.ts';
import type { FieldName } from './table-fields.ts';
import { itemsOf } from './values.ts';

const TIES = [
  ['incubatedBy', 'incubated-by'],
  ['sponsoredBy', 'sponsored-by'],
  ['partOf', 'part-of'],
  ['memberOf', 'member-of'],
] as const;

export function linksOfOrganisation(row: Row): StatedLink[] {
  const { settings } = row.context;
  const ties = TIES.flatMap(([field, kind]) =>
    columnsOf(settings, field).flatMap((column) =>
      itemsOf([row.cells.get(column)]).map((words) => link(kind, column, 'self', refer(row, column, words))),
    ),
  );
  const phases = columnsOf(settings, 'phase').flatMap((column) => {
    const names = listOf(row.cells.get(column));
    const since = daysBeside(row, column, 'phaseSince', names.length);
    const until = daysBeside(row, column, 'phaseUntil', names.length);
    return names.flatMap((name, place) =>
      dated(row, link('phase', column, 'self', null, name), since[place], until[place]),
    );
  });
  return [...ties, ...phases];
}

/** Each list of organisations is dated by the days of its own list: « missions.startups » by « missions.start ». */
export function linksOfPerson(row: Row): StatedLink[] {
  const { settings } = row.context;
  const title =
    columnsOf(settings, 'title')
      .map((column) => textOfCell(row.cells.get(column)))
      .find((text) => text !== '') ?? '';
  return columnsOf(settings, 'organisation').flatMap((column) => {
    const items = column.includes('.') ? listOf(row.cells.get(column)) : itemsOf([row.cells.get(column)]);
    const since = daysBeside(row, column, 'since', items.length);
    const until = daysBeside(row, column, 'until', items.length);
    return items.flatMap((item, place) =>
      item
        .split('\n')
        .filter((words) => words.trim() !== '')
        .flatMap((words) =>
          dated(
            row,
            link('affiliation', column, 'self', refer(row, column, words), title.slice(0, 200)),
            since[place],
            until[place],
          ),
        ),
    );
  });
}

/** Rows of a table that only links: phases, ties or affiliations. */
export function linksOfTable(row: Row): StatedLink[] {
  const { settings } = row.context;
  const [column = ''] = columnsOf(settings, 'organisation');
  const words = textOfCell(row.cells.get(column));
  if (settings.subject === 'none') return [];
  if (words === '') {
    problem(row, column, 'name-missing', '');
    return [];
  }
  const organisation = refer(row, column, words);
  const [since, until] = [daysBeside(row, column, 'since', 1)[0], daysBeside(row, column, 'until', 1)[0]];
  if (settings.subject === 'phases') {
    const [phase = ''] = columnsOf(settings, 'phase');
    return dated(row, link('phase', phase, organisation, null, textOfCell(row.cells.get(phase))), since, until);
  }
  if (settings.subject === 'affiliations') {
    const [person = ''] = columnsOf(settings, 'person');
    const [title = ''] = columnsOf(settings, 'title');
    const from = refer(row, person, textOfCell(row.cells.get(person)));
    return dated(
      row,
      link('affiliation', column, from, organisation, textOfCell(row.cells.get(title)).slice(0, 200)),
      since,
      until,
    );
  }
  return TIES.flatMap(([field, kind]) =>
    columnsOf(settings, field).flatMap((each) =>
      itemsOf([row.cells.get(each)]).flatMap((other) =>
        dated(row, link(kind, each, organisation, refer(row, each, other)), since, until),
      ),
    ),
  );
}

/** Days that stand in the same list as the column, or else in columns of their own. */
function daysBeside(row: Row, column: string, field: FieldName, count: number): (string | undefined)[] {
  const prefix = column.slice(0, column.lastIndexOf('.') + 1);
  const beside = columnsOf(row.context.settings, field).find(
    (each) => each.slice(0, each.lastIndexOf('.') + 1) === prefix,
  );
  if (beside === undefined) return [];
  const cell = row.cells.get(beside);
  const items = typeof cell === 'object' ? cell : Array.from({ length: count }, () => cell ?? '');
  return items.map((item) => readDay(row, beside, item));
}

function dated(row: Row, given: StatedLink, since: string | undefined, until: string | undefined): StatedLink[] {
  if (given.kind === 'phase' && (given.label === '' || since === undefined)) {
    if (given.label !== '') problem(row, given.column, 'phase-undated', given.label);
    return [];
  }
  const isBackwards = since !== undefined && until !== undefined && until < since;
  if (isBackwards) problem(row, given.column, 'days-backwards', `${since} – ${until}`);
  return [
    {
      ...given,
      label: given.label.slice(0, given.kind === 'phase' ? 120 : 200),
      since: since ?? null,
      until: isBackwards ? null : (until ?? null),
    },
  ];
}

function link(kind: LinkKind, column: string, from: StatedLink['from'], to: StatedLink['to'], label = ''): StatedLink {
  return { kind, column, from, to, label, since: null, until: null };
}

function refer(row: Row, column: string, words: string): Reference {
  return { words: words.trim().slice(0, 300).toWellFormed(), table: row.context.settings.references[column] ?? null };
}

function listOf(cell: Cell | undefined): readonly string[] {
  return cell === undefined ? [] : typeof cell === 'string' ? itemsOfCell(cell) : cell;
}
