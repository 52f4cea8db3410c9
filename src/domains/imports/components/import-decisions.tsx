/** What looks alike, side by side: the file's on one side, the directory's on the other; a person says. */
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { formKey } from '../../territory/visit.ts';
import type { EntryLine } from '../import-queries.server.ts';
import { importText } from '../messages.ts';
import { shownValue } from './import-entries.tsx';
import type { ReviewProps } from './review-props.ts';

export function ImportDecisions(props: ReviewProps) {
  const { visit, entries } = props;
  const t = importText(visit.locale);
  if (entries.length === 0) return <p>{t('empty')}</p>;
  return (
    <div class="stack">
      <p>{t('decide.lead')}</p>
      <Form name="all-different" idempotencyKey={formKey(visit)} inline>
        <SubmitButton tone="quiet">{t('decide.allNew')}</SubmitButton>
      </Form>
      <Form name="decide" idempotencyKey={formKey(visit)}>
        {entries.map((entry) => (
          <ChoiceCards
            name={`decide-${entry.position}`}
            label={t('decide.legend', { name: entry.name, row: entry.number })}
            help={aboutFile(props, entry)}
            value=""
            list
            optional
            choices={[
              ...entry.candidates.map((one) => ({
                value: one.id,
                label: t('decide.same', { name: one.name }),
                help: [t(`decide.why.${one.why}`), one.siren, one.website, one.commune].filter(Boolean).join(' · '),
              })),
              { value: 'new', label: t('decide.new') },
              { value: '', label: t('decide.later') },
            ]}
          />
        ))}
        <div class="row">
          <SubmitButton>{t('decide.save')}</SubmitButton>
        </div>
      </Form>
    </div>
  );
}

/** What tells it from the others, on the file's side. */
function aboutFile({ visit }: ReviewProps, { facts }: EntryLine): string {
  return ['siren', 'website', 'commune', 'summaryFr', 'summaryEn']
    .flatMap((field) => {
      const value = facts[field];
      return value === undefined || value === null || value === '' ? [] : [shownValue(visit, value)];
    })
    .join(' · ');
}
