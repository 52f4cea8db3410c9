import type { ComponentChildren } from 'preact';
import { Track, type Tone } from './track.tsx';

export interface MeterProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The figures in words: « 402 sur 446 ». */
  readonly text: string;
  readonly tone?: Tone | undefined;
  readonly note?: ComponentChildren;
}

/** How much of a whole is used: a ceiling, a capacity, a commitment. */
export function Meter({ label, value, max, text, tone, note }: MeterProps) {
  return (
    <div class="meter">
      <span>{label}</span>
      <strong>{text}</strong>
      <meter class="hidden" aria-label={label} max={max} value={Math.min(value, max)}>
        {text}
      </meter>
      <Track share={max > 0 ? value / max : 0} tone={tone} />
      {note ? <div class="small soft">{note}</div> : null}
    </div>
  );
}
