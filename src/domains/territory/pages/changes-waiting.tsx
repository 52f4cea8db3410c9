/** Which changes wait for the team? It agrees to them, or refuses with a reason. */
import { z } from 'zod';
import { formatDateTime } from '../../../i18n/format.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { identifier, text } from '../../../platform/web/fields.ts';
import { formError, parseForm, type FormInput } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import type { FormState } from '../../../lib/form-state.ts';
import type { Result } from '../../../lib/result.ts';
import { approveChange, refuseChange, type DecisionRefusal } from '../change-commands.server.ts';
import { waitingChanges, type Change } from '../change-queries.server.ts';
import { FactDifferences } from '../components/fact-differences.tsx';
import { decisionMail } from '../decision-mail.server.ts';
import { askRegister } from '../ask-register.server.ts';
import type { ChangeId } from '../fact-storing.server.ts';
import { factsText, type FactsText } from '../messages.ts';
import type { Theme } from '../organisation.ts';
import { mayApproveFacts } from '../policy.ts';
import { allThemes } from '../queries.server.ts';
import { changesTwin } from '../twin-schema.ts';
import { formKey, pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

interface Data {
  readonly changes: readonly Change[];
  readonly themes: readonly Theme[];
}

type Transaction = Parameters<typeof waitingChanges>[0];

const approveForm = z.object({ change: identifier<'change'>() });
/** Each change on the page has a reason of its own: the field is named by the change. */
const refuseForm = z.looseObject({ change: identifier<'change'>() }).transform((given, context) => {
  const field = reasonField(given.change);
  const reason = text({ maximum: 500 }).safeParse(given[field]);
  if (reason.success) return { change: given.change, reason: reason.data };
  context.addIssue({ code: 'custom', message: reason.error.issues[0]?.message ?? 'required', path: [field] });
  return z.NEVER;
});

export const changesWaitingPage = territoryPage<Data>({
  path: '/:territory/a-approuver',
  twin: { areas: ['directory'], response: changesTwin, bodies: { approve: approveForm, refuse: refuseForm } },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    if (!mayApproveFacts(visit.principal)) return NOT_FOUND;
    return { changes: await waitingChanges(tx), themes: await allThemes(tx) };
  },

  actions: {
    approve: deciding(approveForm, 'waiting.approved', (tx, visit, { change }) =>
      approveChange(tx, visit.principal, change, visit),
    ),
    refuse: deciding(refuseForm, 'waiting.refused', (tx, visit, { change, reason }) =>
      refuseChange(tx, visit.principal, { changeId: change, reason }, visit),
    ),
  },

  view({ changes, themes }, visit, form) {
    const t = factsText(visit.locale);
    return {
      title: t('waiting.title'),
      body: (
        <>
          <PageHead title={t('waiting.title')} lead={t('waiting.lead')} />
          <ErrorSummary form={form} />
          {changes.length === 0 ? <EmptyState title={t('waiting.none')}>{t('waiting.noneHelp')}</EmptyState> : null}
          {changes.map((change) => (
            <Waiting {...{ change, themes, visit, form }} />
          ))}
        </>
      ),
    };
  },
});

interface WaitingProps {
  readonly change: Change;
  readonly themes: readonly Theme[];
  readonly visit: TerritoryVisit;
  readonly form: FormState;
}

function Waiting({ change, themes, visit, form }: WaitingProps) {
  const t = factsText(visit.locale);
  const { name, slug } = change.organisation;
  const when = formatDateTime(visit.locale, change.at, visit.territory.zone, { year: true });
  const field = fieldsOf(form);
  return (
    <Section title={name}>
      <p class="soft">
        {t('waiting.by', { name: change.authorName ?? t('change.nobody'), when })}{' '}
        <a href={pathIn(visit, 'organisations', slug)}>{t('waiting.page', { name })}</a>
      </p>
      <FactDifferences {...{ change, themes, visit }} />
      <Form name="approve" hidden={{ change: change.id }} idempotencyKey={formKey(visit)} inline>
        <SubmitButton small>
          {t('waiting.approve')}
          <span class="hidden"> {name}</span>
        </SubmitButton>
      </Form>
      <Form name="refuse" hidden={{ change: change.id }} idempotencyKey={formKey(visit)}>
        <TextField {...field(reasonField(change.id), '')} label={t('waiting.reason')} maxlength={500} />
        <SubmitButton tone="quiet" small>
          {t('waiting.refuse')}
          <span class="hidden"> {name}</span>
        </SubmitButton>
      </Form>
    </Section>
  );
}

type Decision<Input> = (
  tx: Transaction,
  visit: TerritoryVisit,
  input: Input,
) => Promise<Result<unknown, DecisionRefusal>>;

function deciding<Schema extends z.ZodType<{ readonly change: ChangeId }>>(
  schema: Schema,
  notice: Parameters<FactsText>[0],
  decide: Decision<z.output<Schema>>,
) {
  return async (visit: TerritoryVisit, input: FormInput, tx: Transaction): Promise<ActionOutcome> => {
    if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
    if (!mayApproveFacts(visit.principal)) return { kind: 'not-found' };
    const t = factsText(visit.locale);
    const parsed = parseForm(schema, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const decided = await decide(tx, visit, parsed.value);
    if (!decided.ok) return invalid(formError(input, t(`refused.${decided.reason}`, decided.facts)));
    const mail = await decisionMail(tx, visit, parsed.value.change);
    return doneAt(pathIn(visit, 'a-approuver'), t(notice), async () => {
      if (mail !== undefined) await visit.services.sendMail(mail);
      await askRegister(visit, ['siren'])?.();
    });
  };
}

function reasonField(id: ChangeId): string {
  return `reason-${id}`;
}
