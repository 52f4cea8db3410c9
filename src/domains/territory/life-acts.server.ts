/** What the page of places, phases, ties and people does with what was typed or pressed. */
import type { z } from 'zod';
import type { OrganisationId } from '../../lib/ids.ts';
import type { Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { fieldErrors } from '../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../platform/web/form.ts';
import { doneAt, invalid, type ActionOutcome } from '../../platform/web/page.ts';
import { standingBySlug } from './fact-storing.server.ts';
import { endLife, putBackLife, removeLife, showContact, stateLife } from './life-commands.server.ts';
import {
  affiliationForm,
  contactForm,
  endForm,
  phaseForm,
  placeForm,
  putBackForm,
  removeForm,
  tieForm,
} from './life-schema.ts';
import type { LifeRefusal } from './life.ts';
import { lifeText } from './messages.ts';
import { mayEditOrganisation } from './policy.ts';
import { pathIn, type TerritoryVisit } from './visit.ts';

export const LIFE_BODIES = {
  place: placeForm,
  phase: phaseForm,
  tie: tieForm,
  affiliation: affiliationForm,
  end: endForm,
  remove: removeForm,
  contact: contactForm,
  putBack: putBackForm,
};

export const lifeActs = {
  place: lifeAct(placeForm, 'stated', 'place', (act, { placeSince, placeUntil, ...place }) =>
    stateLife(
      act.tx,
      act.visit.principal,
      act.id,
      { kind: 'place', ...place, since: placeSince, until: placeUntil },
      act.visit,
    ),
  ),
  phase: lifeAct(phaseForm, 'stated', 'phase', (act, { phase, phaseSince, phaseUntil }) =>
    stateLife(
      act.tx,
      act.visit.principal,
      act.id,
      { kind: 'phase', phase, since: phaseSince, until: phaseUntil },
      act.visit,
    ),
  ),
  tie: lifeAct(tieForm, 'stated', 'tie', (act, { tie, other, tieSince, tieUntil }) =>
    stateLife(
      act.tx,
      act.visit.principal,
      act.id,
      { kind: 'tie', tie, other, since: tieSince, until: tieUntil },
      act.visit,
    ),
  ),
  affiliation: lifeAct(
    affiliationForm,
    'stated',
    'person',
    (act, { person, title, isPublicContact, personSince, personUntil }) =>
      stateLife(
        act.tx,
        act.visit.principal,
        act.id,
        {
          kind: 'affiliation',
          person,
          title,
          isPublicContact: isPublicContact === 'yes',
          since: personSince,
          until: personUntil,
        },
        act.visit,
      ),
  ),
  end: lifeAct(endForm, 'ended', undefined, (act, { kind, id, until }) =>
    endLife(act.tx, act.visit.principal, { organisationId: act.id, kind, id }, until, act.visit),
  ),
  remove: lifeAct(removeForm, 'removed', undefined, (act, { kind, id }) =>
    removeLife(act.tx, act.visit.principal, { organisationId: act.id, kind, id }, act.visit),
  ),
  contact: lifeAct(contactForm, 'contact', undefined, (act, { id, isPublicContact }) =>
    showContact(act.tx, act.visit.principal, { organisationId: act.id, id }, isPublicContact === 'yes', act.visit),
  ),
  putBack: lifeAct(putBackForm, 'putBack', undefined, (act, { event }) =>
    putBackLife(act.tx, act.visit.principal, { organisationId: act.id, event }, act.visit),
  ),
};

interface Act {
  readonly visit: TerritoryVisit;
  readonly tx: TerritoryTransaction;
  readonly id: OrganisationId;
}

/** `form` names the one that was sent, as its fields are named. */
type FormName = 'place' | 'phase' | 'tie' | 'person' | undefined;

function lifeAct<Schema extends z.ZodType>(
  schema: Schema,
  said: 'stated' | 'ended' | 'removed' | 'putBack' | 'contact',
  form: FormName,
  act: (act: Act, input: z.output<Schema>) => Promise<Result<unknown, LifeRefusal>>,
) {
  return async (visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction): Promise<ActionOutcome> => {
    if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
    const standing = await standingBySlug(tx, visit.params['organisation'] ?? '');
    if (standing === undefined || !mayEditOrganisation(visit.principal, standing.id)) return { kind: 'not-found' };
    const parsed = parseForm(schema, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const t = lifeText(visit.locale);
    const answer = await act({ visit, tx, id: standing.id }, parsed.value);
    if (!answer.ok) return invalid(formError(input, t(`refused.${answer.reason}`), fieldOf(answer.reason, form)));
    return doneAt(pathIn(visit, 'organisations', standing.slug, 'parcours'), t(`done.${said}`));
  };
}

function fieldOf(reason: LifeRefusal, form: FormName): string | undefined {
  if (form === undefined) return undefined;
  if (reason === 'end-before-start') return `${form}Until`;
  if (reason === 'not-found') return form === 'person' ? 'person' : undefined;
  return form === 'tie' && reason !== 'there-already' && reason !== 'not-allowed' ? 'other' : undefined;
}
