/** A document on a page: the words that were frozen, as the file has them. */
import type { PaperBlock, PaperTable } from '../../../../lib/paper.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { DescriptionList } from '../../../../ui/components/description-list.tsx';
import { Section } from '../../../../ui/components/section.tsx';

export function PaperView({ blocks }: { blocks: readonly PaperBlock[] }) {
  const sections = sectionsOf(blocks);
  return (
    <>
      {sections.map(({ title, inside }) =>
        title === undefined ? (
          <Blocks blocks={inside} />
        ) : (
          <Section title={title}>
            <Blocks blocks={inside} />
          </Section>
        ),
      )}
    </>
  );
}

type Content = Exclude<PaperBlock, { kind: 'heading' }>;

/** What stands under each heading; first what stands under none. */
function sectionsOf(blocks: readonly PaperBlock[]) {
  const sections: { title: string | undefined; inside: Content[] }[] = [{ title: undefined, inside: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading') sections.push({ title: block.text, inside: [] });
    else sections.at(-1)?.inside.push(block);
  }
  return sections;
}

function Blocks({ blocks }: { blocks: readonly Content[] }) {
  return (
    <div class="stack">
      {blocks.map((block) => (
        <Block block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { block: Content }) {
  switch (block.kind) {
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
