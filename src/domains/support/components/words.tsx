/** Small pieces of screen that needs and offers share: states, quantities, texts as they were written. */
import type { SupportUnit } from '../../../lib/quantity.ts';
import { Tag, type TagTone } from '../../../ui/components/tag.tsx';
import type { OfferConditions } from '../conditions.ts';
import { isAvailable } from '../conditions.ts';
import type { SupportText } from '../messages.ts';
import type { NeedState, Urgency } from '../need.ts';
import type { OfferState } from '../offer.ts';

export function amount(t: SupportText, unit: SupportUnit, n: number): string {
  return t(`unit.${unit}`, { n });
}

const STATE_TONES: Readonly<Record<NeedState | OfferState, TagTone>> = {
  open: 'good',
  met: 'info',
  paused: 'neutral',
  withdrawn: 'neutral',
};

export function StateTag({ state, t }: { state: NeedState | OfferState; t: SupportText }) {
  return <Tag tone={STATE_TONES[state]}>{t(`state.${state}`)}</Tag>;
}

/** An open offer is not open to everybody's plans when it is full or outside its period: that is said instead. */
export function OfferStateTag({
  offer: { state, conditions, remaining },
  today,
  t,
}: {
  offer: { readonly state: OfferState; readonly conditions: OfferConditions; readonly remaining: number };
  today: Temporal.PlainDate;
  t: SupportText;
}) {
  if (state !== 'open') return <StateTag state={state} t={t} />;
  if (!isAvailable(conditions, today)) {
    return <Tag tone="neutral">{t(isOver(conditions, today) ? 'state.over' : 'state.soon')}</Tag>;
  }
  return remaining === 0 ? <Tag tone="info">{t('state.full')}</Tag> : <StateTag state={state} t={t} />;
}

export function isOver(
  { availableUntil }: Pick<OfferConditions, 'availableUntil'>,
  today: Temporal.PlainDate,
): boolean {
  return availableUntil !== null && Temporal.PlainDate.compare(availableUntil, today) <= 0;
}

/** Said only when it matters: most things are wanted soon. */
export function UrgencyTag({ urgency, t }: { urgency: Urgency; t: SupportText }) {
  return urgency === 3 ? <Tag tone="warn">{t('urgency.3')}</Tag> : null;
}
