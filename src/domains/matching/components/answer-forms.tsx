/** Yes or no for one's own side; for the team, what a side told it, and taking the match back. */
import { Button } from '../../../ui/components/button.tsx';
import { ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { isMemberOf, type Principal } from '../../territory/principal.ts';
import { formKey } from '../../territory/visit.ts';
import { takesUnits, waitingFor, type Side } from '../match.ts';
import type { Match } from '../match-queries.server.ts';
import { answersFor, mayWithdrawMatch } from '../policy.ts';
import { REASON_LENGTH } from '../schema.ts';
import type { MatchViewProps } from './view-props.ts';

export function AnswerForms(props: MatchViewProps) {
  const { match, visit } = props;
  const own = ownSide(visit.principal, match);
  const asked = waitingFor(match).filter((side) => answersFor(visit.principal, match).includes(side));
  return (
    <>
      {own !== undefined ? <OwnAnswer {...props} side={own} /> : null}
      {own === undefined && asked.length > 0 ? <NotedAnswer {...props} sides={asked} /> : null}
      {mayWithdrawMatch(visit.principal) && takesUnits(match.state) && match.sessions === 0 ? (
        <Withdrawal {...props} />
      ) : null}
    </>
  );
}

/** The one side that waits for this very person's organisation; none for the team, nor for somebody of both. */
export function ownSide(principal: Principal, match: Match): Side | undefined {
  const organisationOf = (side: Side) => (side === 'need' ? match.needOrganisationId : match.offerOrganisationId);
  const own = waitingFor(match).filter((side) => isMemberOf(principal, organisationOf(side)));
  return own.length === 1 ? own[0] : undefined;
}

function OwnAnswer({ match, visit, t, form, side }: MatchViewProps & { side: Side }) {
  const field = fieldsOf(form);
  return (
    <Panel
      id="reponse"
      title={t('answer.declineTitle')}
      lead={t(`answer.lead.${side}`, { other: side === 'need' ? match.offerOrganisation : match.needOrganisation })}
    >
      <div class="stack">
        <More summary={t('answer.decline')} open={form.errors['reason'] !== undefined || form.summary !== undefined}>
          <Form name="answer" form={form} idempotencyKey={formKey(visit)} hidden={{ side, answer: 'declined' }}>
            <TextArea
              {...field('reason')}
              label={t('answer.why')}
              help={t('answer.whyHelp')}
              maxlength={REASON_LENGTH}
            />
            <SubmitButton tone="quiet">{t('answer.declineNow')}</SubmitButton>
          </Form>
        </More>
      </div>
    </Panel>
  );
}

function NotedAnswer({ match, visit, t, form, sides }: MatchViewProps & { sides: readonly Side[] }) {
  const field = fieldsOf(form);
  const names: Record<Side, string> = { need: match.needOrganisation, offer: match.offerOrganisation };
  return (
    <Panel title={t('answer.noted.title')} lead={t('answer.noted.lead')}>
      <More summary={t('answer.noted.open')} open={Object.keys(form.errors).length > 0 || form.summary !== undefined}>
        <Form name="answer" form={form} idempotencyKey={formKey(visit)}>
          <ChoiceCards
            {...field('side', sides[0])}
            label={t('answer.noted.side')}
            choices={sides.map((side) => ({ value: side, label: names[side] }))}
          />
          <ChoiceCards
            {...field('answer')}
            label={t('answer.noted.answer')}
            choices={(['accepted', 'declined'] as const).map((value) => ({ value, label: t(`answer.${value}`) }))}
          />
          <TextArea
            {...field('reason')}
            label={t('answer.why')}
            help={t('answer.noted.whyHelp')}
            maxlength={REASON_LENGTH}
            optional
          />
          <SubmitButton>{t('answer.noted.save')}</SubmitButton>
        </Form>
      </More>
    </Panel>
  );
}

/** Its field carries another id than the answer's: both stand on the team's page. */
function Withdrawal({ visit, t }: MatchViewProps) {
  return (
    <Panel title={t('withdraw.title')} lead={t('withdraw.lead')}>
      <More summary={t('withdraw.open')}>
        <form method="post" class="form">
          <input type="hidden" name="_action" value="withdraw" />
          <input type="hidden" name="_key" value={formKey(visit)} />
          <div class="field">
            <label for="withdraw-reason">{t('withdraw.reason')}</label>
            <textarea class="input" id="withdraw-reason" name="reason" rows={2} maxlength={REASON_LENGTH} required />
          </div>
          <Button tone="danger">{t('withdraw.confirm')}</Button>
        </form>
      </More>
    </Panel>
  );
}
