import { layOutFlow, type FlowLink, type FlowLayout, type PlacedNode } from '../flow-layout.ts';
import { useText } from '../text.ts';
import { More } from './more.tsx';
import type { Tone } from './track.tsx';

export interface FlowNode {
  readonly id: string;
  readonly label: string;
  /** The rows behind the node. */
  readonly href?: string | undefined;
  readonly tone?: Tone | undefined;
}

export interface FlowPictureProps {
  /** What the picture shows, in a sentence with its figures: it stands for the drawing. */
  readonly label: string;
  /** The head of the value column: « Demi-journées ». */
  readonly unit: string;
  readonly left: readonly FlowNode[];
  readonly right: readonly FlowNode[];
  readonly links: readonly (FlowLink & { readonly href?: string | undefined })[];
  readonly write: (value: number) => string;
  /** Pixels shared by the ribbons. */
  readonly height?: number | undefined;
}

/** Who gives what to what: two columns and ribbons as thick as their values, with the same figures in rows. */
export function FlowPicture(props: FlowPictureProps) {
  const { label, left, right, links, height = 240 } = props;
  const sizes = { scaleHeight: height, room: 38, gap: 10 };
  const layout = layOutFlow(
    left.map(({ id }) => id),
    right.map(({ id }) => id),
    links,
    sizes,
  );
  if (layout.links.length === 0) return null;
  return (
    <div class="flow">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing written in the page is no file */}
      <svg role="img" aria-label={label} width="100%" height={round(layout.height)}>
        <Ribbons layout={layout} tones={tonesOf(left)} />
        <Nodes side="start" nodes={layout.left} of={left} tones={tonesOf(left)} write={props.write} />
        <Nodes side="end" nodes={layout.right} of={right} tones={new Map()} write={props.write} />
      </svg>
      <FlowTable {...props} />
    </div>
  );
}

/** Ribbons live in their own box, stretched sideways to whatever room the page has. */
function Ribbons({ layout, tones }: { layout: FlowLayout; tones: ReadonlyMap<string, Tone> }) {
  const height = round(layout.height);
  return (
    <g class="ribbons">
      <svg width="100%" height={height} viewBox={`0 0 100 ${height}`} preserveAspectRatio="none">
        {layout.links.map(({ from, fromTop, toTop, thickness }) => {
          const [a, b] = [round(fromTop), round(toTop)];
          const [c, d] = [round(fromTop + thickness), round(toTop + thickness)];
          return (
            <path
              class={`tone-${tones.get(from)}`}
              d={`M0 ${a}C50 ${a} 50 ${b} 100 ${b}V${d}C50 ${d} 50 ${c} 0 ${c}Z`}
            />
          );
        })}
      </svg>
    </g>
  );
}

interface NodesProps {
  readonly side: 'start' | 'end';
  readonly nodes: readonly PlacedNode[];
  readonly of: readonly FlowNode[];
  readonly tones: ReadonlyMap<string, Tone>;
  readonly write: (value: number) => string;
}

function Nodes({ side, nodes, of, tones, write }: NodesProps) {
  const labels = new Map(of.map(({ id, label }) => [id, label]));
  return (
    <g class={side}>
      {nodes.map(({ id, value, top, height, labelTop }) => (
        <g class={`tone-${tones.get(id) ?? 'ink'}`}>
          <rect
            class="node"
            x={side === 'start' ? '0' : '99%'}
            y={round(top)}
            width="1%"
            height={round(Math.max(height, 1))}
          />
          <foreignObject x={side === 'start' ? '1%' : '51%'} y={round(labelTop)} width="48%" height="38">
            <div class="label">
              {labels.get(id)} <span>{write(value)}</span>
            </div>
          </foreignObject>
        </g>
      ))}
    </g>
  );
}

function FlowTable({ unit, left, right, links, write }: FlowPictureProps) {
  const t = useText();
  const name = (nodes: readonly FlowNode[], id: string) => nodes.find((node) => node.id === id);
  return (
    <More summary={t('flow.table')}>
      <table class="data dense">
        <thead>
          <tr>
            <th scope="col">{t('flow.from')}</th>
            <th scope="col">{t('flow.to')}</th>
            <th scope="col" class="num">
              {unit}
            </th>
          </tr>
        </thead>
        <tbody>
          {links.map(({ from, to, value, href }) => (
            <tr>
              <th scope="row">
                <NodeName node={name(left, from)} />
              </th>
              <td>
                <NodeName node={name(right, to)} />
              </td>
              <td class="num">{href ? <a href={href}>{write(value)}</a> : write(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </More>
  );
}

function NodeName({ node }: { node: FlowNode | undefined }) {
  return node?.href ? <a href={node.href}>{node.label}</a> : <>{node?.label}</>;
}

const palette: readonly Tone[] = ['green', 'slate', 'ochre', 'plum', 'terracotta', 'ink'];

function tonesOf(nodes: readonly FlowNode[]): ReadonlyMap<string, Tone> {
  return new Map(nodes.map(({ id, tone }, index) => [id, tone ?? palette[index % palette.length] ?? 'green']));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
