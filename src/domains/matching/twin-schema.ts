/** What programs read of rounds, tries at a plan and matches. */
import { z } from 'zod';
import { day, id, links, moment } from '../../platform/web/twin.ts';
import { happened } from '../territory/twin-schema.ts';
import { GROUNDS, TIES } from '../territory/conflict.ts';
import { answerForm, conflictForm, conflictQuestionForm, pairForm as tiePairForm } from './conflict-schema.ts';
import { ANSWERS, MATCH_STATES } from './match.ts';
import { decisionForm } from './schema.ts';
import { ROUND_STATES, RUN_STATES, RUN_STEPS } from './round.ts';

const whole = z.number().int();
const answer = z.object({ answer: z.enum(ANSWERS), at: moment }).nullable();

export const matchTwinItem = z.object({
  id,
  state: z.enum(MATCH_STATES),
  quantity: whole,
  unit: z.string(),
  message: z.string(),
  need: answer,
  offer: answer,
  needId: id,
  needTitle: z.string(),
  needKind: z.string(),
  neededBy: day.nullable(),
  needOrganisationId: id,
  needOrganisation: z.string(),
  needSlug: z.string(),
  offerId: id,
  offerTitle: z.string(),
  offerKind: z.string(),
  offerOrganisationId: id,
  offerOrganisation: z.string(),
  offerSlug: z.string(),
  roundId: id.nullable(),
  roundTitle: z.string().nullable(),
  sessions: whole,
  createdAt: moment,
  version: whole,
});

export const matchesTwin = z.object({
  matches: z.array(matchTwinItem),
  total: whole,
  /** Of all, how many wait for this person's answer. */
  waiting: whole,
  links,
});

export const matchTwin = z.object({
  match: matchTwinItem,
  history: happened,
  /** Of one's own side: who carries it now, and to whom it may be handed. */
  handing: z.object({
    colleagues: z.array(z.object({ id, name: z.string() })),
    delegations: z.array(
      z.object({
        side: z.string(),
        personId: id,
        name: z.string(),
        by: z.string().nullable(),
        note: z.string(),
        at: moment,
      }),
    ),
  }),
});

const round = z.object({
  id,
  number: whole,
  title: z.string(),
  startsOn: day,
  endsOn: day,
  state: z.enum(ROUND_STATES),
  publishedRunId: id.nullable(),
  publishedAt: moment.nullable(),
  createdAt: moment,
  version: whole,
});

const summary = z
  .object({
    needs: whole,
    served: whole,
    full: whole,
    organisations: whole,
    forgotten: whole,
    score: z.number(),
    bound: z.number(),
    gap: z.number(),
    units: z.array(z.object({ unit: z.string(), asked: whole, given: whole, offered: whole })),
  })
  .nullable();

const run = z.object({
  id,
  roundId: id,
  number: whole,
  state: z.enum(RUN_STATES),
  percent: whole,
  step: z.enum(RUN_STEPS),
  failure: z.string().nullable(),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  requestedByName: z.string().nullable(),
});

export const plansTwin = z.object({ rounds: z.array(round.extend({ runs: whole, summary })) });

export const roundTwin = z.object({
  round,
  /** The team's and the committee's. */
  runs: z.array(run.extend({ summary })).optional(),
  decisions: z
    .array(
      z.object({
        needId: id,
        offerId: id,
        decision: z.enum(['pin', 'forbid']),
        quantity: whole.nullable(),
        reason: z.string(),
        decidedBy: z.string().nullable(),
        decidedAt: moment,
      }),
    )
    .optional(),
  /** Everybody else's own. */
  matches: z.array(matchTwinItem).optional(),
});

const side = z.object({ id, title: z.string(), organisationId: id, organisation: z.string() });

export const runTwin = z.object({
  round,
  run,
  /** Absent while it is computed. */
  summary: summary.optional(),
  agreements: z
    .array(
      z.object({ need: side, offer: side, unit: z.string(), units: whole, score: z.number(), isPinned: z.boolean() }),
    )
    .optional(),
});

/** As the pages' own addresses answer it: JSON already. */
export const runStateTwin = z.object({
  state: z.enum(RUN_STATES),
  percent: whole,
  step: z.enum(RUN_STEPS),
  secondsLeft: z.number().nullable(),
  isStopping: z.boolean(),
});
export const certificateTwin = z.looseObject({ format: z.literal('terreau-plan-certificate'), version: whole });

export const nothingForm = z.object({});
export const pairForm = z.object({ need: id, offer: id });
export const RUN_BODIES = {
  cancel: nothingForm,
  again: nothingForm,
  publish: nothingForm,
  decide: decisionForm,
} as const;

const tiedPair = { organisationId: id, otherId: id };
const question = { ...tiedPair, ground: z.enum(GROUNDS), throughId: id.nullable() };
const told = { by: z.string().nullable(), at: moment };

export const conflictsTwin = z.object({
  questions: z.array(z.object(question)),
  ties: z.array(
    z.object({
      ...tiedPair,
      tie: z.enum(TIES),
      holderId: id.nullable(),
      sharePerMille: whole.nullable(),
      ...told,
    }),
  ),
  answers: z.array(z.object({ id, ...question, keepsApart: z.boolean(), ...told })),
});

export const CONFLICT_BODIES = {
  declare: conflictForm,
  remove: tiePairForm,
  apart: conflictQuestionForm,
  meet: conflictQuestionForm,
  again: answerForm,
} as const;
