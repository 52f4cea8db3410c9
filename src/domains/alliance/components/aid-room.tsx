/** How much of the ceiling is used, what is left, and when more comes back. */
import { Section } from '../../../ui/components/section.tsx';
import type { OrganisationAid } from '../organisation-aid.server.ts';
import { AidMeter } from './aid-meter.tsx';
import type { AidWords } from './aid-words.ts';

export function AidRoom({ aid, words }: { aid: OrganisationAid; words: AidWords }) {
  const { t, write, money } = words;
  const { window, usedCents, ceilingCents, steps, others } = aid;
  const later = steps.slice(1);
  return (
    <Section
      title={t('room.title')}
      lead={t('room.lead', { from: write.date(window.from), until: write.date(window.until) })}
    >
      <div class="stack">
        <AidMeter label={t('room.used')} usedCents={usedCents} ceilingCents={ceilingCents} words={words} />
        {others.length > 0 ? <p>{t('room.others', { n: others.length, names: write.list(others) })}</p> : null}
        {later.length === 0 ? null : (
          <ul>
            {later.map(({ day, cents }) => (
              <li>{t('room.step', { day: write.date(day), room: money(cents) })}</li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}
