/** What the page of one organisation's aid does when a form is sent: who may, what it reads, which command it calls. */
import type { z } from 'zod';
import type { OrganisationId } from '../../lib/ids.ts';
import type { Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { formError, parseForm } from '../../platform/web/form.ts';
import { doneAt, invalid, type Action } from '../../platform/web/page.ts';
import type { Principal } from '../territory/principal.ts';
import { pathIn, type TerritoryVisit } from '../territory/visit.ts';
import { withdrawGrant } from './aid-commands.server.ts';
import { answerContest, contestGrant, declareAid } from './aid-declaration.server.ts';
import { fileGrant } from './aid-filing.server.ts';
import { mayContestAid, mayDecideAid, mayDeclareAid } from './aid-policy.ts';
import { answerForm, contestForm, declarationForm, filingForm, withdrawalForm } from './aid-schema.ts';
import { visibleOrganisationAid } from './organisation-aid.server.ts';
import { aidErrors } from './aid-errors.server.ts';
import { aidText } from './aid-messages.ts';

export const organisationAidActs: Readonly<Record<string, Action<TerritoryVisit, TerritoryTransaction>>> = {
  declare: act({
    may: mayDeclareAid,
    schema: declarationForm,
    notice: 'done.declared',
    run: (form, organisationId, visit, tx) =>
      declareAid(tx, visit.principal, { ...form, organisationId }, visit.today, visit),
  }),
  contest: act({
    may: mayContestAid,
    schema: contestForm,
    notice: 'done.contested',
    run: ({ grant, reason }, _, visit, tx) => contestGrant(tx, visit.principal, { grantId: grant, reason }, visit),
  }),
  answer: act({
    may: mayDecideAid,
    schema: answerForm,
    notice: 'done.answered',
    run: ({ grant, verdict, answer }, _, visit, tx) =>
      answerContest(tx, visit.principal, { grantId: grant, isUpheld: verdict === 'upheld', answer }, visit),
  }),
  withdraw: act({
    may: mayDecideAid,
    schema: withdrawalForm,
    notice: 'done.withdrawn',
    run: ({ grant, withdrawal }, _, visit, tx) =>
      withdrawGrant(tx, visit.principal, { grantId: grant, reason: withdrawal }, visit),
  }),
  file: act({
    may: mayDecideAid,
    schema: filingForm,
    notice: 'done.filed',
    run: ({ grant, filedOn, reference }, _, visit, tx) =>
      fileGrant(tx, visit.principal, { grantId: grant, filedOn, reference }, visit.today, visit),
  }),
};

type Reason =
  | 'not-allowed'
  | 'not-found'
  | 'day-to-come'
  | 'basis-not-in-force'
  | 'line-already-known'
  | 'already-contested'
  | 'contested'
  | 'already-filed';

interface Spec<Schema extends z.ZodType> {
  readonly may: (principal: Principal, organisationId: OrganisationId) => boolean;
  readonly schema: Schema;
  readonly notice: 'done.declared' | 'done.contested' | 'done.answered' | 'done.withdrawn' | 'done.filed';
  readonly run: (
    form: z.output<Schema>,
    organisationId: OrganisationId,
    visit: TerritoryVisit,
    tx: TerritoryTransaction,
  ) => Promise<Result<unknown, Reason>>;
}

function act<Schema extends z.ZodType>(spec: Spec<Schema>): Action<TerritoryVisit, TerritoryTransaction> {
  return async (visit, input, tx) => {
    const aid = await visibleOrganisationAid(visit, tx);
    if (aid === undefined || !spec.may(visit.principal, aid.organisation.id)) return { kind: 'not-found' };
    const t = aidText(visit.locale);
    const parsed = parseForm(spec.schema, input, aidErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const answer = await spec.run(parsed.value, aid.organisation.id, visit, tx);
    if (answer.ok) return doneAt(pathIn(visit, 'organisations', aid.organisation.slug, 'aides'), t(spec.notice));
    if (answer.reason === 'not-allowed' || answer.reason === 'not-found') return { kind: 'not-found' };
    // A refusal that names its line counts from one; one without a line is about the whole form.
    return invalid(formError(input, t(`refused.${answer.reason}`, { line: 0, ...answer.facts })));
  };
}
