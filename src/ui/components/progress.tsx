import type { ComponentChildren } from 'preact';

export interface ProgressProps {
  readonly label: string;
  /** Both left out when the length is not known yet. */
  readonly value?: number | undefined;
  readonly max?: number | undefined;
  /** The figure and the time to go: « 1 200 lignes sur 3 000 · reste 20 s ». */
  readonly detail?: ComponentChildren;
  readonly tone?: 'good' | 'warn' | undefined;
  /** What can be done meanwhile: cancel. */
  readonly actions?: ComponentChildren;
}

/** Long work under way. What it says is read out when it changes. */
export function Progress({ label, value, max = 1, detail, tone = 'good', actions }: ProgressProps) {
  return (
    <div class={tone === 'warn' ? 'task warn' : 'task'}>
      <strong>{label}</strong>
      <span>{actions}</span>
      <progress aria-label={label} max={max} value={value} />
      <output class="detail">{detail}</output>
    </div>
  );
}
