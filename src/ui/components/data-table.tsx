/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   A row drawn as a block loses its role in some browsers: it is said again. */
import type { ComponentChildren } from 'preact';
import { useText } from '../text.ts';

export interface Sort {
  /** The address of the same page sorted by this column. */
  readonly href: string;
  /** Set on the column by which the rows are sorted now. */
  readonly direction?: 'ascending' | 'descending' | undefined;
}

export interface Column<Row> {
  /** Unique in the table. */
  readonly key: string;
  /** Never empty: a column of buttons is named too, and hidden with `hideTitle`. */
  readonly title: string;
  readonly hideTitle?: boolean | undefined;
  readonly cell: (row: Row) => ComponentChildren;
  /** Aligned on the units. */
  readonly numeric?: boolean | undefined;
  /** The column that names the row: its cells are headings, and the title of the card on a phone. */
  readonly heading?: boolean | undefined;
  /** `why`: a reason, smaller and narrower. */
  readonly kind?: 'why' | undefined;
  readonly sort?: Sort | undefined;
  readonly total?: ComponentChildren;
}

export interface DataTableProps<Row> {
  /** Says what the rows are and in which order. */
  readonly caption: ComponentChildren;
  readonly hideCaption?: boolean | undefined;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Shown in place of the table when there is no row. */
  readonly empty?: ComponentChildren;
  /** Close rows, for lists read all day. */
  readonly dense?: boolean | undefined;
  /** On a phone: rows become cards (the default), or the table scrolls sideways. */
  readonly phone?: 'cards' | 'scroll' | undefined;
}

/** Rows of one kind. The roles are written out because a row that becomes a card would lose them in some browsers. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, hideCaption, columns, rows, rowKey, empty, dense = false, phone = 'cards' } = props;
  if (rows.length === 0 && empty) return <>{empty}</>;
  const table = (
    <table role="table" class={`data${dense ? ' dense' : ''}${phone === 'cards' ? ' folds' : ''}`}>
      <caption class={hideCaption ? 'hidden' : undefined}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <HeadCell column={column} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row" key={rowKey(row)}>
            {columns.map((column) => (
              <BodyCell column={column}>{column.cell(row)}</BodyCell>
            ))}
          </tr>
        ))}
      </tbody>
      {columns.some((column) => column.total !== undefined) ? <Totals columns={columns} /> : null}
    </table>
  );
  if (phone === 'cards') return table;
  return (
    <section
      class="scroll"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must scroll by keyboard
      tabIndex={0}
      aria-label={typeof caption === 'string' ? caption : undefined}
    >
      {table}
    </section>
  );
}

function HeadCell<Row>({ column: { title, hideTitle, numeric, sort } }: { column: Column<Row> }) {
  const t = useText();
  return (
    <th role="columnheader" scope="col" class={numeric ? 'num' : undefined} aria-sort={sort?.direction}>
      {sort ? (
        <a href={sort.href} title={t('sort.by', { column: title })}>
          {title}
        </a>
      ) : hideTitle ? (
        <span class="hidden">{title}</span>
      ) : (
        <span>{title}</span>
      )}
    </th>
  );
}

function BodyCell<Row>({ column, children }: { column: Column<Row>; children: ComponentChildren }) {
  if (column.heading) {
    return (
      <th role="rowheader" scope="row">
        {children}
      </th>
    );
  }
  return (
    <td role="cell" class={cellClass(column)} data-label={column.hideTitle ? undefined : column.title}>
      {isPlain(children) ? children : <div>{children}</div>}
    </td>
  );
}

function Totals<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <tfoot role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <BodyCell column={column}>{column.total ?? ''}</BodyCell>
        ))}
      </tr>
    </tfoot>
  );
}

/** A label and its value are two cells of a grid on a phone: a value of several pieces needs one box around them. */
function isPlain(children: ComponentChildren): boolean {
  return (
    children === null ||
    children === undefined ||
    children === '' ||
    typeof children === 'string' ||
    typeof children === 'number'
  );
}

function cellClass<Row>({ numeric, kind }: Column<Row>): string | undefined {
  return [numeric ? 'num' : '', kind ?? ''].filter(Boolean).join(' ') || undefined;
}
