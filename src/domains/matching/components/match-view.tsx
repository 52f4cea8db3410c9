/** One match: what is asked, what is given, why, what each side says, and the next step. */
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { eligibilitySentence } from '../../support/eligibility-words.ts';
import { isMemberOf } from '../../territory/principal.ts';
import { formKey, pathIn } from '../../territory/visit.ts';
import { matchAddress, matchesAddress, roundAddress } from '../address.ts';
import type { Side } from '../match.ts';
import type { Match } from '../match-queries.server.ts';
import { AnswerForms, ownSide } from './answer-forms.tsx';
import { HandingPanel } from './handing-panel.tsx';
import { ScoreTable } from './score-table.tsx';
import { amount, factWords } from './sentences.ts';
import { MATCH_TONES } from './tones.ts';
import type { MatchViewProps } from './view-props.ts';

export function MatchView(props: MatchViewProps) {
  const { match, title, visit, t } = props;
  const base = pathIn(visit);
  return (
    <>
      <PageHead
        breadcrumb={[{ label: t('matches.short'), href: matchesAddress(base) }, { label: match.needTitle }]}
        title={title}
        tags={<Tag tone={MATCH_TONES[match.state]}>{t(`match.state.${match.state}`)}</Tag>}
        actions={<NextStep {...props} />}
      />
      <div class="columns side">
        <div class="stack">
          <Facts {...props} />
          <Why {...props} />
        </div>
        <div class="stack">
          <Panel title={t('match.answers')}>
            <Answers {...props} />
          </Panel>
          <AnswerForms {...props} />
          <HandingPanel {...props} />
        </div>
      </div>
      <History {...props} />
    </>
  );
}

/** What is to be done now: say yes, or plan a session. */
function NextStep({ match, visit, t }: MatchViewProps) {
  const own = ownSide(visit.principal, match);
  if (own !== undefined) {
    return (
      <>
        <ButtonLink tone="quiet" href="#reponse">
          {t('answer.decline')}
        </ButtonLink>
        <Form name="answer" idempotencyKey={formKey(visit)} hidden={{ side: own, answer: 'accepted' }} inline>
          <SubmitButton>{t('answer.accept')}</SubmitButton>
        </Form>
      </>
    );
  }
  if (match.state !== 'accepted') return null;
  const address = `${matchAddress(pathIn(visit), match.id)}/seance`;
  return <ButtonLink href={address}>{t(match.sessions > 0 ? 'match.another' : 'match.plan')}</ButtonLink>;
}

function isSide(match: Match, { principal }: Pick<MatchViewProps['visit'], 'principal'>): boolean {
  return isMemberOf(principal, match.needOrganisationId) || isMemberOf(principal, match.offerOrganisationId);
}

function Facts({ match, names, visit, t }: MatchViewProps) {
  const write = formatter(visit.locale, visit.territory.zone);
  const base = pathIn(visit);
  const origin =
    match.roundId === null ? (
      t('match.byHand', { name: match.introducedBy ?? t('system') })
    ) : (
      <a href={roundAddress(base, match.roundId)}>{match.roundTitle}</a>
    );
  return (
    <>
      <DescriptionList
        facts={[
          {
            term: t('match.asks'),
            details: (
              <>
                <a href={`${base}/organisations/${match.needSlug}`}>{match.needOrganisation}</a>
                <br />
                <a href={`${base}/besoins/${match.needId}`}>{match.needTitle}</a>
              </>
            ),
          },
          {
            term: t('match.gives'),
            details: (
              <>
                <a href={`${base}/organisations/${match.offerSlug}`}>{match.offerOrganisation}</a>
                <br />
                <a href={`${base}/apports/${match.offerId}`}>{match.offerTitle}</a>
              </>
            ),
          },
          {
            term: t('match.what'),
            details: `${amount(t, match.unit, match.quantity)}, ${names.kind(match.offerKind)}`,
          },
          ...(match.neededBy === null ? [] : [{ term: t('match.deadline'), details: write.date(match.neededBy) }]),
          { term: t('match.origin'), details: origin },
        ]}
      />
      {match.message === '' ? null : (
        <Notice tone="plain" title={t('match.message')}>
          <p class="prose">{match.message}</p>
        </Notice>
      )}
    </>
  );
}

function Why({ match, names, visit, t }: MatchViewProps) {
  const { why } = match;
  if (why === undefined) return null;
  return (
    <Section title={t(isSide(match, visit) ? 'match.why' : 'match.whyThem')}>
      <ul class="stack close">
        {why.facts.map((fact) => {
          const words = factWords(t, names, fact);
          return <li>{`${words.charAt(0).toUpperCase()}${words.slice(1)}.`}</li>;
        })}
      </ul>
      {why.remarks.length > 0 ? (
        <Notice tone="info" title={t('match.verify')}>
          <ul>
            {why.remarks.map((note) => (
              <li>{eligibilitySentence(visit.locale, note)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <More summary={t('score.summary', { score: match.score ?? 0 })}>
        <ScoreTable breakdown={why.breakdown} weights={why.weights} t={t} />
      </More>
    </Section>
  );
}

function Answers({ match, visit, t }: MatchViewProps) {
  const write = formatter(visit.locale, visit.territory.zone);
  const line = (side: Side) => {
    const given = match[side];
    const name = side === 'need' ? match.needOrganisation : match.offerOrganisation;
    const person = side === 'need' ? match.needAnsweredBy : match.offerAnsweredBy;
    return {
      term: name,
      details:
        given === null ? (
          <span class="soft">{t(match.state === 'proposed' ? 'answer.waiting' : 'answer.none')}</span>
        ) : (
          <>
            <Tag tone={given.answer === 'accepted' ? 'good' : 'warn'}>{t(`answer.${given.answer}`)}</Tag>
            <br />
            <span class="small soft">
              {t('answer.by', { name: person ?? t('system'), date: write.dayOf(given.at) })}
            </span>
            {given.reason === '' ? null : <p class="small">{t('answer.reason', { reason: given.reason })}</p>}
          </>
        ),
    };
  };
  return <DescriptionList facts={[line('need'), line('offer')]} />;
}

function History({ match, history, visit, t }: MatchViewProps) {
  const write = formatter(visit.locale, visit.territory.zone);
  const moments = history.flatMap(({ kind, at, personName, payload }) => {
    const name = payload['side'] === 'need' ? match.needOrganisation : match.offerOrganisation;
    const title =
      kind === 'match-answered'
        ? t(`matchHistory.${payload['answer'] === 'accepted' ? 'accepted' : 'declined'}`, { name })
        : kind === 'match-withdrawn' || kind === 'match-introduced'
          ? t(`matchHistory.${kind}`)
          : undefined;
    if (title === undefined) return [];
    const by = t(payload['onBehalf'] === true ? 'matchHistory.onBehalf' : 'history.by', {
      name: personName ?? t('system'),
      organisation: name,
    });
    const reason = String(payload['reason'] ?? '');
    return {
      when: write.dateTime(at, { weekday: false, year: true }),
      dateTime: at.toString(),
      title,
      detail: reason === '' ? by : `${by} ${t('answer.reason', { reason })}`,
    };
  });
  if (moments.length === 0) return null;
  return (
    <Section title={t('history.title')}>
      <Timeline moments={moments} />
    </Section>
  );
}
