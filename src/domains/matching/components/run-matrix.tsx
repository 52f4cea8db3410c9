/** Every allowed pair of one kind with its score, and the units it was given: the plan as its solver sees it. */
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { pathIn } from '../../territory/visit.ts';
import { runAddress } from '../address.ts';
import type { RunViewProps } from './view-props.ts';
import { askerOf, giverOf, namesOf } from './sentences.ts';

/** More columns than this are of no use to an eye. */
const COLUMNS_SHOWN = 24;
const ROWS_SHOWN = 150;

interface Cell {
  readonly score: number;
  readonly units: number;
}

export function RunMatrix({ screen, visit, t }: RunViewProps) {
  const { pool, proof, round, run } = screen;
  const names = namesOf(visit.locale, pool);
  const kinds = [...new Set(pool.needs.map(({ kindCode }) => kindCode))];
  const kind = kinds.find((code) => code === visit.url.searchParams.get('nature')) ?? kinds[0] ?? '';
  const cells = cellsOf(proof, (need) => pool.needs[need]?.kindCode === kind);
  const needs = [...cells.keys()].slice(0, ROWS_SHOWN);
  const offers = offersOf(cells);
  const columns: Column<number>[] = offers.slice(0, COLUMNS_SHOWN).map((offer) => ({
    key: String(offer),
    title: `${giverOf(pool, offer).name}, ${shortened(pool.offers[offer]?.title)}`,
    numeric: true,
    cell: (need) => drawCell(cells.get(need)?.get(offer)),
  }));
  return (
    <>
      <FilterBar
        action={runAddress(pathIn(visit), round.id, run.id)}
        label={t('matrix.filter')}
        kept={{ vue: 'matrice' }}
        selects={[
          {
            name: 'nature',
            label: t('pool.column.kind'),
            any: names.kind(kinds[0] ?? ''),
            value: kind,
            options: kinds.slice(1).map((code) => ({ value: code, label: names.kind(code) })),
          },
        ]}
        result={t('matrix.result', {
          needs: cells.size,
          offers: offers.length,
          shown: Math.min(offers.length, COLUMNS_SHOWN),
        })}
      />
      <DataTable<number>
        caption={t('matrix.caption', { kind: names.kind(kind) })}
        rows={needs}
        rowKey={String}
        dense
        phone="scroll"
        empty={<EmptyState title={t('matrix.empty.title')}>{t('matrix.empty')}</EmptyState>}
        columns={[
          {
            key: 'need',
            title: t('run.column.need'),
            heading: true,
            cell: (need) => (
              <span class="nowrap">
                <a href={`${pathIn(visit)}/besoins/${pool.needs[need]?.id}`}>{askerOf(pool, need).name}</a>
                <br />
                <span class="soft">{shortened(pool.needs[need]?.title)}</span>
              </span>
            ),
          },
          ...columns,
        ]}
      />
    </>
  );
}

function cellsOf(
  proof: RunViewProps['screen']['proof'],
  isShown: (need: number) => boolean,
): Map<number, Map<number, Cell>> {
  const rows = new Map<number, Map<number, Cell>>();
  proof?.pairs.need.forEach((need, pair) => {
    if (!isShown(need)) return;
    const row = rows.get(need) ?? new Map<number, Cell>();
    row.set(proof.pairs.offer[pair] ?? -1, {
      score: proof.pairs.score[pair] ?? 0,
      units: proof.answer?.units[pair] ?? 0,
    });
    rows.set(need, row);
  });
  return rows;
}

/** Those that give first, then those that fit best somewhere. */
function offersOf(cells: ReadonlyMap<number, ReadonlyMap<number, Cell>>): number[] {
  const best = new Map<number, { units: number; score: number }>();
  for (const row of cells.values()) {
    for (const [offer, { units, score }] of row) {
      const known = best.get(offer) ?? { units: 0, score: 0 };
      best.set(offer, { units: known.units + units, score: Math.max(known.score, score) });
    }
  }
  return [...best].toSorted(([, a], [, b]) => b.units - a.units || b.score - a.score).map(([offer]) => offer);
}

function drawCell(cell: Cell | undefined) {
  if (cell === undefined) return <span class="soft">·</span>;
  if (cell.units === 0) return <span class="soft">{cell.score}</span>;
  return (
    <>
      <span class="units">{cell.units}</span> <span class="small">{cell.score}</span>
    </>
  );
}

const TITLE_LENGTH = 32;

/** A title short enough for the head of a row or of a column. */
function shortened(title = ''): string {
  return title.length <= TITLE_LENGTH ? title : `${title.slice(0, TITLE_LENGTH - 1).trimEnd()}…`;
}
