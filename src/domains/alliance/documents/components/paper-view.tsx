/** A document on a page: the words that were frozen, as the file has them. */
import type { PaperBlock, PaperTable } from '../../../../lib/paper.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { DescriptionList } from '../../../../ui/components/description-list.tsx';

export function PaperView({ blocks }: { blocks: readonly PaperBlock[] }) {
  return (
    <>
      {blocks.map((block) => (
        <Block block={block} />
      ))}
    </>
  );
}

function Block({ block }: { block: PaperBlock }) {
  switch (block.kind) {
    case 'heading':
      return <h2>{block.text}</h2>;
    case 'paragraph':
      return <p class={block.isSmall === true ? 'small soft' : 'measure'}>{block.text}</p>;
    case 'facts':
      return <DescriptionList facts={block.rows.map(([term, details]) => ({ term, details }))} />;
    case 'table':
      return <Table table={block} />;
  }
}

function Table({ table: { caption, columns, rows, total } }: { table: PaperTable }) {
  const numbered = rows.map((cells, place) => ({ cells, place }));
  return (
    <DataTable<(typeof numbered)[number]>
      caption={caption}
      rows={numbered}
      rowKey={({ place }) => String(place)}
      phone="scroll"
      columns={columns.map(({ title, isNumeric = false }, place) => ({
        key: String(place),
        title,
        heading: place === 0,
        numeric: isNumeric,
        cell: ({ cells }) => cells[place] ?? '',
        ...(total === undefined ? {} : { total: total[place] ?? '' }),
      }))}
    />
  );
}
