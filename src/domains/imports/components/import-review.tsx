/** What an import will change, or has: figures, each organisation with its differences, remarks, and the decision. */
import type { ComponentChildren } from 'preact';
import { formatter } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Tabs } from '../../../ui/components/tabs.tsx';
import { addressWith, formKey, pathIn } from '../../territory/visit.ts';
import { PAGE_SIZE, VIEWS, type ImportView } from '../import-acts.server.ts';
import { KEPT_DAYS, type ImportCounts } from '../import.ts';
import { importText } from '../messages.ts';
import { Failure } from './import-progress.tsx';
import { ImportDecisions } from './import-decisions.tsx';
import { ImportEntries } from './import-entries.tsx';
import { ImportProblems } from './import-problems.tsx';
import type { ReviewProps } from './review-props.ts';

export function ImportReview(props: ReviewProps) {
  const { visit, form, given, view } = props;
  const t = importText(visit.locale);
  const { counts } = given;
  return (
    <>
      <div class="stack">
        <Failure visit={visit} given={given} />
        {form.summary === undefined ? null : <Form form={form}>{null}</Form>}
        <ReviewFigures {...props} />
        {counts.ask > 0 && given.state === 'previewed' ? (
          <Notice tone="warn">
            {t.rich<ComponentChildren>('askNote', {
              n: counts.ask,
              link: (inside) => <a href={addressWith(visit, { voir: 'ask', page: '' })}>{inside}</a>,
            })}
          </Notice>
        ) : null}
        {counts.joined > 0 ? <p>{t('joined', { n: counts.joined })}</p> : null}
        {counts.linksThere > 0 ? <p>{t('linksThere', { n: counts.linksThere })}</p> : null}
        <Decide {...props} />
      </div>
      <Tabs
        label={t('tabs')}
        tabs={VIEWS.filter((each) => each === view || countOf(counts, each) > 0).map((each) => ({
          label: t(`tab.${each}`),
          href: addressWith(visit, { voir: each, page: '' }),
          current: each === view,
          count: formatter(visit.locale, visit.territory.zone).number(countOf(counts, each)),
        }))}
      />
      {view === 'ask' && given.state === 'previewed' ? (
        <ImportDecisions {...props} />
      ) : view === 'problems' ? (
        <ImportProblems {...props} />
      ) : (
        <ImportEntries {...props} />
      )}
      <Pages {...props} />
    </>
  );
}

function countOf(counts: ImportCounts, view: ImportView): number {
  return counts[view];
}

function ReviewFigures({ visit, given }: ReviewProps) {
  const t = importText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const { counts } = given;
  const isDone = given.state !== 'previewed';
  const to = (view: ImportView) => addressWith(visit, { voir: view, page: '' });
  const figures = [
    [counts.create, t(isDone ? 'figure.created' : 'figure.create'), to('create')],
    [counts.change, t(isDone ? 'figure.changed' : 'figure.change'), to('change')],
    [counts.same, t('figure.same'), to('same')],
    [counts.ask, t('figure.ask'), to('ask')],
    [counts.people, t('figure.people'), to('people')],
    [counts.phases, t('figure.phases'), undefined],
    [counts.ties, t('figure.ties'), undefined],
    [counts.affiliations, t('figure.affiliations'), undefined],
    [counts.refuse, t('figure.refuse'), to('problems')],
    [counts.problems, t('figure.problems'), to('problems')],
  ] as const;
  return (
    <Figures>
      {figures
        .filter(([n], place) => n > 0 || place < 3)
        .map(([n, label, href]) => (
          <Figure value={write.number(n)} label={label} href={n > 0 ? href : undefined} />
        ))}
    </Figures>
  );
}

function Decide({ visit, given }: ReviewProps) {
  const t = importText(visit.locale);
  const { counts } = given;
  if (given.state === 'applied')
    return (
      <>
        <div class="row">
          <ButtonLink href={pathIn(visit, 'organisations')}>{t('seeDirectory')}</ButtonLink>
          {given.forgottenAt === null ? (
            <Form name="undo" idempotencyKey={formKey(visit)} inline>
              <SubmitButton tone="quiet">{t('undo')}</SubmitButton>
            </Form>
          ) : null}
        </div>
        <p class="soft small">{given.forgottenAt === null ? t('undoNote') : t('forgotten', { days: KEPT_DAYS })}</p>
      </>
    );
  if (given.state === 'undone')
    return (
      <div class="row">
        <ButtonLink href={pathIn(visit, 'imports')}>{t('another')}</ButtonLink>
      </div>
    );
  const changes = counts.create + counts.change + counts.people + counts.phases + counts.ties + counts.affiliations;
  return (
    <>
      {changes === 0 ? <p>{t('nothing')}</p> : null}
      <div class="row">
        {changes === 0 ? null : (
          <Form name="apply" idempotencyKey={formKey(visit)} inline>
            <SubmitButton>{t('apply')}</SubmitButton>
          </Form>
        )}
        <Form name="back" idempotencyKey={formKey(visit)} inline>
          <SubmitButton tone="quiet">{t('back')}</SubmitButton>
        </Form>
        <Form name="stop" idempotencyKey={formKey(visit)} inline>
          <SubmitButton tone="plain">{t('abandon')}</SubmitButton>
        </Form>
      </div>
      <p class="soft small">{t('applyNote')}</p>
    </>
  );
}

function Pages({ visit, given, view, page }: ReviewProps) {
  const t = importText(visit.locale);
  const pages = Math.max(1, Math.ceil(countOf(given.counts, view) / PAGE_SIZE));
  return (
    <Pager
      previousHref={page > 1 ? addressWith(visit, { page: page === 2 ? '' : String(page - 1) }) : undefined}
      nextHref={page < pages ? addressWith(visit, { page: String(page + 1) }) : undefined}
    >
      {t('page', { page, pages })}
    </Pager>
  );
}
