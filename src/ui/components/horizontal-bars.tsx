/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   A row drawn as a block loses its role in some browsers: it is said again. */
import type { ComponentChildren } from 'preact';
import { Track, type Tone } from './track.tsx';

export interface Bar {
  readonly label: ComponentChildren;
  readonly href?: string | undefined;
  readonly value: number;
  /** The value as it is read: « 41 h ». */
  readonly text: string;
  readonly tone?: Tone | undefined;
}

export interface HorizontalBarsProps {
  /** Says what the bars measure, for everyone. */
  readonly caption: ComponentChildren;
  readonly hideCaption?: boolean | undefined;
  readonly bars: readonly Bar[];
  /** What a full bar is worth; the largest value unless told. */
  readonly max?: number | undefined;
}

/** Values of one kind compared. The drawing is its own table: each row holds its name, its figure and its bar. */
export function HorizontalBars({ caption, hideCaption, bars, max }: HorizontalBarsProps) {
  const full = max ?? Math.max(...bars.map((bar) => bar.value), 0);
  return (
    <table class="bars" role="table">
      <caption class={hideCaption ? 'hidden' : undefined}>{caption}</caption>
      <tbody role="rowgroup">
        {bars.map(({ label, href, value, text, tone }) => (
          <tr role="row">
            <th role="rowheader" scope="row">
              {href ? <a href={href}>{label}</a> : label}
            </th>
            <td role="cell" class="value">
              {text}
            </td>
            <td role="presentation" class="drawing">
              <Track share={full > 0 ? value / full : 0} tone={tone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
