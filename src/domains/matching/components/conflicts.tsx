/** Ties between organisations: what is to be answered, declared, and was answered. */
import { formatter } from '../../../i18n/format.ts';
import type { FormState } from '../../../lib/form-state.ts';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import type { OrganisationId } from '../../../lib/ids.ts';
import { mayKeepConflicts } from '../../territory/policy.ts';
import { TIES, type PairOfOrganisations, type ConflictQuestion } from '../../territory/conflict.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { MatchingText } from '../messages.ts';
import type { NamedOrganisation, ConflictAnswerLine, ConflictLine, ConflictScreen } from '../conflict-screen.server.ts';

interface ConflictProps extends ConflictScreen {
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
}

export function ConflictQuestions(props: ConflictProps) {
  const { questions, visit, t } = props;
  const [one, two] = pairColumns<ConflictQuestion>(props);
  const columns: Column<ConflictQuestion>[] = [
    one,
    two,
    {
      key: 'why',
      title: t('conflicts.column.why'),
      kind: 'why',
      cell: (question) => whyAsked(t, question, namer(props)),
    },
  ];
  if (mayKeepConflicts(visit.principal)) columns.push(answerColumn(props));
  return (
    <Section
      id="questions"
      title={t('conflicts.questions')}
      lead={questions.length > 0 ? t('conflicts.questions.lead') : null}
    >
      <DataTable<ConflictQuestion>
        caption={t('conflicts.questions')}
        hideCaption
        rows={questions}
        rowKey={(question) => keyOfQuestion(question)}
        empty={<EmptyState title={t('conflicts.questions.none')}>{t('conflicts.questions.noneText')}</EmptyState>}
        columns={columns}
      />
    </Section>
  );
}

/** Why a tie is in doubt, in one sentence. */
export function whyAsked(
  t: MatchingText,
  { ground, throughId, organisationId, otherId }: ConflictQuestion,
  name: (id: OrganisationId) => string,
): string {
  const through = throughId === null ? '' : name(throughId);
  if (ground === 'shareholding' && (throughId === organisationId || throughId === otherId))
    return t('conflicts.ask.shareholding-direct', { through });
  return t(`conflicts.ask.${ground}`, { through });
}

function answerColumn({ visit, t }: ConflictProps): Column<ConflictQuestion> {
  return {
    key: 'answer',
    title: t('conflicts.column.answer'),
    cell: ({ organisationId, otherId, ground, throughId }) => (
      <Form
        idempotencyKey={formKey(visit)}
        hidden={{ organisation: organisationId, other: otherId, ground, through: throughId ?? '' }}
        inline
      >
        <SubmitButton action="apart" tone="quiet" small>
          {t('conflicts.apart')}
        </SubmitButton>
        <SubmitButton action="meet" tone="quiet" small>
          {t('conflicts.meet')}
        </SubmitButton>
      </Form>
    ),
  };
}

export function DeclareConflict({ organisations, visit, t, form }: ConflictProps & { form: FormState }) {
  const field = fieldsOf(form);
  const options = organisations.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Section id="declarer" title={t('conflicts.declare')}>
      <div class="measure">
        <Form form={form} name="declare" idempotencyKey={formKey(visit)}>
          <Select
            {...field('organisation')}
            label={t('conflicts.organisation')}
            help={t('conflicts.organisationHelp')}
            options={options}
          />
          <Select
            {...field('tie')}
            label={t('conflicts.kind')}
            options={TIES.map((tie) => ({ value: tie, label: t(`conflicts.tie.${tie}`) }))}
          />
          <Select {...field('other')} label={t('conflicts.other')} options={options} />
          <NumberField
            {...field('share')}
            label={t('conflicts.share')}
            help={t('conflicts.shareHelp')}
            unit="%"
            decimal
            optional
          />
          <SubmitButton>{t('conflicts.declare')}</SubmitButton>
        </Form>
      </div>
    </Section>
  );
}

export function DeclaredConflicts(props: ConflictProps) {
  const { ties, visit, t } = props;
  const write = formatter(visit.locale, visit.territory.zone);
  const name = namer(props);
  const [one, two] = pairColumns<ConflictLine>(props);
  const columns: Column<ConflictLine>[] = [
    one,
    two,
    {
      key: 'tie',
      title: t('conflicts.column.tie'),
      cell: (line) => conflictWords(t, line, name, (part) => write.percent(part, { digits: 1 })),
    },
    {
      key: 'declared',
      title: t('conflicts.column.declared'),
      kind: 'why',
      cell: ({ by, at }) => t('conflicts.by', { name: by ?? t('system'), date: write.dayOf(at) }),
    },
  ];
  if (mayKeepConflicts(visit.principal))
    columns.push(
      undoColumn(props, 'remove', ({ organisationId, otherId }) => ({ organisation: organisationId, other: otherId })),
    );
  return (
    <Section id="declares" title={t('conflicts.declared', { n: ties.length })}>
      <DataTable<ConflictLine>
        caption={t('conflicts.declared', { n: ties.length })}
        hideCaption
        rows={ties}
        rowKey={({ organisationId, otherId }) => `${organisationId} ${otherId}`}
        empty={<p class="soft">{t('conflicts.declared.none')}</p>}
        columns={columns}
      />
    </Section>
  );
}

function conflictWords(
  t: MatchingText,
  { tie, holderId, organisationId, otherId, sharePerMille }: ConflictLine,
  name: (id: OrganisationId) => string,
  percent: (share: number) => string,
): string {
  if (tie !== 'shareholder' || holderId === null) return t(`conflicts.tie.${tie}`);
  const names = { holder: name(holderId), held: name(holderId === organisationId ? otherId : organisationId) };
  return sharePerMille === null
    ? t('conflicts.holdsSome', names)
    : t('conflicts.holds', { ...names, share: percent(sharePerMille / 1000) });
}

export function ConflictAnswers(props: ConflictProps) {
  const { answers, visit, t } = props;
  if (answers.length === 0) return null;
  const write = formatter(visit.locale, visit.territory.zone);
  const [one, two] = pairColumns<ConflictAnswerLine>(props);
  const columns: Column<ConflictAnswerLine>[] = [
    one,
    two,
    { key: 'why', title: t('conflicts.column.why'), kind: 'why', cell: (line) => whyAsked(t, line, namer(props)) },
    {
      key: 'answered',
      title: t('conflicts.column.answered'),
      cell: ({ keepsApart, by, at }) => (
        <>
          <Tag tone={keepsApart ? 'warn' : 'good'}>
            {t(keepsApart ? 'conflicts.answer.apart' : 'conflicts.answer.meet')}
          </Tag>
          <br />
          <span class="small soft">{t('conflicts.by', { name: by ?? t('system'), date: write.dayOf(at) })}</span>
        </>
      ),
    },
  ];
  if (mayKeepConflicts(visit.principal)) columns.push(undoColumn(props, 'again', ({ id }) => ({ answer: id })));
  return (
    <Section id="reponses" title={t('conflicts.answers', { n: answers.length })}>
      <DataTable<ConflictAnswerLine>
        caption={t('conflicts.answers', { n: answers.length })}
        hideCaption
        rows={answers}
        rowKey={({ id }) => id}
        columns={columns}
      />
    </Section>
  );
}

function undoColumn<Row>(
  { visit, t }: ConflictProps,
  action: 'remove' | 'again',
  hidden: (row: Row) => Readonly<Record<string, string>>,
): Column<Row> {
  return {
    key: 'undo',
    title: t('conflicts.column.undo'),
    hideTitle: true,
    cell: (row) => (
      <Form name={action} idempotencyKey={formKey(visit)} hidden={hidden(row)} inline>
        <SubmitButton tone="quiet" small>
          {t(`conflicts.${action}`)}
        </SubmitButton>
      </Form>
    ),
  };
}

function pairColumns<Row extends PairOfOrganisations>(props: ConflictProps): [Column<Row>, Column<Row>] {
  const { organisations, visit, t } = props;
  const known = new Map(organisations.map((one) => [one.id, one]));
  const link = (id: OrganisationId) => linkTo(visit, known.get(id));
  return [
    { key: 'one', title: t('conflicts.column.one'), heading: true, cell: ({ organisationId }) => link(organisationId) },
    { key: 'two', title: t('conflicts.column.two'), cell: ({ otherId }) => link(otherId) },
  ];
}

function linkTo(visit: TerritoryVisit, organisation: NamedOrganisation | undefined) {
  return organisation === undefined ? (
    ''
  ) : (
    <a href={pathIn(visit, 'organisations', organisation.slug)}>{organisation.name}</a>
  );
}

function namer({ organisations }: ConflictProps): (id: OrganisationId) => string {
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? '';
}

function keyOfQuestion({ organisationId, otherId, ground, throughId }: ConflictQuestion): string {
  return [organisationId, otherId, ground, throughId ?? ''].join(' ');
}
