/** A try's progress, drawn the same on the server and in the browser. */
import { formatPercent } from '../../../i18n/format.ts';
import type { Locale } from '../../../i18n/locale.ts';
import { Progress } from '../../../ui/components/progress.tsx';
import type { RunState, RunStep } from '../round.ts';

/** Translated once on the server and handed to the browser with the page. */
export interface ProgressTexts {
  readonly label: string;
  readonly stopping: string;
  readonly steps: Readonly<Record<RunStep, string>>;
  /** Holds a `%` where the number of seconds goes. */
  readonly left: string;
  readonly lost: string;
}

/** What `etat.json` answers. */
export interface ProgressState {
  readonly state: RunState;
  readonly percent: number;
  readonly step: RunStep;
  readonly secondsLeft: number | null;
  readonly isStopping: boolean;
}

export interface LiveProgressProps extends ProgressState {
  readonly locale: Locale;
  readonly texts: ProgressTexts;
  /** The server does not answer for the moment. */
  readonly isLost?: boolean;
}

export function LiveProgress({ locale, texts, percent, step, secondsLeft, isStopping, isLost }: LiveProgressProps) {
  const left = secondsLeft === null ? '' : ` · ${texts.left.replace('%', String(secondsLeft))}`;
  const doing = isStopping ? texts.stopping : texts.steps[step];
  const detail = isLost ? texts.lost : `${formatPercent(locale, percent / 100)} · ${doing}${isStopping ? '' : left}`;
  return (
    <Progress
      label={texts.label}
      value={percent}
      max={100}
      tone={isStopping || isLost ? 'warn' : 'good'}
      detail={detail}
    />
  );
}
