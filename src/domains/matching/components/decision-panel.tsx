/** The pair that the address points at: pin it, keep it apart, or take the decision back. */
import { ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import type { SupportUnit } from '../../../lib/quantity.ts';
import { addressWith, formKey, pathIn } from '../../territory/visit.ts';
import { roundAddress } from '../address.ts';
import { runsRounds } from '../policy.ts';
import { takesTries } from '../round.ts';
import type { DecisionLine } from '../round-queries.server.ts';
import { REASON_LENGTH } from '../schema.ts';
import { readPlaces } from './pair-places.ts';
import type { RunViewProps } from './view-props.ts';
import { ScoreTable } from './score-table.tsx';
import { askerOf, giverOf } from './sentences.ts';

export function DecisionPanel(props: RunViewProps) {
  const { screen, visit, t } = props;
  const { pool, plan, round } = screen;
  const pair = readPlaces(pool, visit.url.searchParams.get('paire'));
  if (pair === undefined || !runsRounds(visit.principal) || !takesTries(round.state)) return null;
  const [need, offer] = [pool.needs[pair.need], pool.offers[pair.offer]];
  const agreement = plan.agreements.find((one) => one.need === pair.need && one.offer === pair.offer);
  const decided = screen.decisions.find((one) => one.needId === need?.id && one.offerId === offer?.id);
  return (
    <Panel
      id="decision"
      title={t('decision.title', { receiver: askerOf(pool, pair.need).name, giver: giverOf(pool, pair.offer).name })}
    >
      <div class="stack">
        <DescriptionList
          facts={[
            { term: t('run.column.need'), details: need?.title },
            { term: t('decisions.column.offer'), details: offer?.title },
          ]}
        />
        {agreement ? (
          <More summary={t('score.summary', { score: agreement.score })}>
            <ScoreTable breakdown={agreement.breakdown} weights={pool.weights} t={t} />
          </More>
        ) : null}
        {decided ? (
          <Form
            action={roundAddress(pathIn(visit), round.id)}
            name="undo"
            idempotencyKey={formKey(visit)}
            hidden={{ need: decided.needId, offer: decided.offerId }}
            inline
          >
            <span>
              {decided.decision === 'pin'
                ? t('decision.pinned', { n: decided.quantity ?? 0 })
                : t('decision.forbidden')}
            </span>
            <SubmitButton tone="quiet" small>
              {t('decision.undo')}
            </SubmitButton>
          </Form>
        ) : null}
        <DecisionForm
          {...props}
          decided={decided}
          units={agreement?.units ?? need?.left}
          unit={need?.unit ?? 'half-day'}
        />
      </div>
    </Panel>
  );
}

interface DecisionFormProps {
  readonly decided: DecisionLine | undefined;
  readonly units: number | undefined;
  readonly unit: SupportUnit;
}

function DecisionForm({ decided, units, unit, visit, t, form }: RunViewProps & DecisionFormProps) {
  const field = fieldsOf(form);
  return (
    <Form name="decide" form={form} idempotencyKey={formKey(visit)}>
      <ChoiceCards
        {...field('decision', decided?.decision ?? 'pin')}
        label={t('decision.label')}
        choices={[
          { value: 'pin', label: t('decision.pin'), help: t('decision.pinHelp') },
          { value: 'forbid', label: t('decision.forbid'), help: t('decision.forbidHelp') },
        ]}
      />
      <NumberField
        {...field('quantity', decided?.quantity ?? units)}
        label={t('decision.quantity')}
        help={t('decision.quantityHelp')}
        unit={t(`unitName.${unit}`)}
      />
      <TextArea
        {...field('reason', decided?.reason)}
        label={t('decision.reason')}
        help={t('decision.reasonHelp')}
        maxlength={REASON_LENGTH}
        rows={2}
        optional
      />
      <div class="row">
        <SubmitButton>{t('decision.save')}</SubmitButton>
        <ButtonLink tone="quiet" href={addressWith(visit, { paire: '' })}>
          {t('cancel')}
        </ButtonLink>
      </div>
    </Form>
  );
}
