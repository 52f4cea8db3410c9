/** How full a window is: what is counted, of its ceiling. */
import { Meter } from '../../../ui/components/meter.tsx';
import type { AidWords } from './aid-words.ts';

interface Props {
  readonly label: string;
  readonly usedCents: bigint;
  readonly ceilingCents: bigint;
  readonly words: AidWords;
}

export function AidMeter({ label, usedCents, ceilingCents, words: { t, money } }: Props) {
  return (
    <Meter
      label={label}
      value={Number(usedCents)}
      max={Number(ceilingCents)}
      text={t('undertakings.of', { used: money(usedCents), ceiling: money(ceilingCents) })}
      tone={usedCents * 10n >= ceilingCents * 8n ? 'terracotta' : undefined}
    />
  );
}
