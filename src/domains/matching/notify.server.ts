/**
 * Mails about matches: one for each person who may answer, never one for each pair.
 *
 * Must always hold: nothing of one organisation is told to another than the two of a match; each person is written to
 * in their own language; mails are made inside the transaction and sent once it is committed.
 */
import { sql } from 'kysely';
import type { OrganisationId, PersonId } from '../../lib/ids.ts';
import type { Locale } from '../../i18n/translator.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { pathIn, type TerritoryVisit } from '../territory/visit.ts';
import { matchAddress, matchesAddress } from './address.ts';
import type { Side } from './match.ts';
import { matchById, type Match } from './match-queries.server.ts';
import { matchingText } from './messages.ts';
import type { MatchId, Round } from './round.ts';

export interface MatchMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

interface Recipient {
  readonly personId: PersonId;
  readonly organisationId: OrganisationId;
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
}

type Where = Pick<TerritoryVisit, 'territory' | 'identity' | 'principal'>;

/** After a publication: to each side of each proposal, everything that waits for its answer in one mail. */
export async function mailsOfPublication(
  tx: TerritoryTransaction,
  visit: Where,
  round: Round,
  matchIds: readonly MatchId[],
): Promise<MatchMail[]> {
  const proposals = await proposalsOf(tx, matchIds);
  const byOrganisation = Map.groupBy(
    proposals.flatMap((one) => [
      { ...one, organisationId: one.receiverId, other: one.giver },
      { ...one, organisationId: one.giverId, other: one.receiver },
    ]),
    ({ organisationId }) => organisationId,
  );
  const people = await recipientsOf(tx, [...byOrganisation.keys()]);
  const address = publicAddress(visit, matchesAddress(pathIn(visit)));
  return [...Map.groupBy(people, ({ email }) => email).values()].flatMap((places) => {
    const [person] = places;
    const lines = places.flatMap(({ organisationId }) => byOrganisation.get(organisationId) ?? []);
    if (person === undefined || lines.length === 0) return [];
    const t = matchingText(person.locale);
    const list = lines.slice(0, LINES_LISTED).map((line) => t('mail.line', { need: line.title, other: line.other }));
    const more = lines.length > LINES_LISTED ? [t('mail.more', { n: lines.length - LINES_LISTED })] : [];
    const facts = { n: lines.length, round: round.title, territory: visit.territory.name };
    return {
      to: person.email,
      subject: t('mail.proposed.subject', facts),
      text: letter([
        t('mail.hello', { name: person.name }),
        t('mail.proposed.body', facts),
        [...list, ...more].join('\n'),
        t('mail.proposed.answer', { address }),
      ]),
    };
  });
}

/** After an answer, an introduction or a withdrawal: to those whom it concerns, except who did it. */
export async function mailsOfMatch(
  tx: TerritoryTransaction,
  visit: Where,
  id: MatchId,
  what: 'introduced' | 'accepted' | 'declined' | 'withdrawn',
  side?: Side,
): Promise<MatchMail[]> {
  const match = await matchById(tx, { kind: 'system', job: 'mail' }, id);
  if (match === undefined) return [];
  // A refusal is news for the other side alone; everything else for both.
  const told =
    what === 'declined' && side !== undefined
      ? [side === 'need' ? match.offerOrganisationId : match.needOrganisationId]
      : [match.needOrganisationId, match.offerOrganisationId];
  const people = await recipientsOf(tx, told);
  const actor = visit.principal.kind === 'person' ? visit.principal.personId : undefined;
  return people.filter(({ personId }) => personId !== actor).map((person) => mailOf(match, person, what, visit, side));
}

/** To the colleague who carries a match from now on. */
export async function mailsOfHanding(
  tx: TerritoryTransaction,
  visit: Where,
  id: MatchId,
  { person, note }: { readonly person: PersonId; readonly note: string },
): Promise<MatchMail[]> {
  const match = await matchById(tx, { kind: 'system', job: 'mail' }, id);
  const colleague = await tx
    .selectFrom('people')
    .select(['name', 'email', 'locale'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', person)
    .executeTakeFirst();
  if (match === undefined || colleague === undefined || colleague.email === null) return [];
  const t = matchingText(colleague.locale);
  const by = visit.principal.kind === 'person' ? visit.principal.name : t('system');
  const facts = { need: match.needTitle, receiver: match.needOrganisation, giver: match.offerOrganisation, by };
  const body = [
    t('mail.hello', { name: colleague.name }),
    t('mail.handed.body', facts),
    ...(note === '' ? [] : [note]),
    t('mail.handed.next', { address: publicAddress(visit, matchAddress(pathIn(visit), id)) }),
  ];
  return [{ to: colleague.email, subject: t('mail.handed.subject', facts), text: letter(body) }];
}

/** A link in a mail goes to the address that the operator declared, never to the one that a request named. */
function publicAddress({ identity }: Where, path: string): string {
  return new URL(path, identity.signInAddress('/')).href;
}

const LINES_LISTED = 20;

function mailOf(
  match: Match,
  person: Recipient,
  what: 'introduced' | 'accepted' | 'declined' | 'withdrawn',
  visit: Where,
  side: Side | undefined,
): MatchMail {
  const t = matchingText(person.locale);
  const address = publicAddress(visit, matchAddress(pathIn(visit), match.id));
  const facts = {
    need: match.needTitle,
    receiver: match.needOrganisation,
    giver: match.offerOrganisation,
    amount: t(`unit.${match.unit}`, { n: match.quantity }),
  };
  const reason = side === undefined ? '' : (match[side]?.reason ?? '');
  return {
    to: person.email,
    subject: t(`mail.${what}.subject`, facts),
    text: letter([
      t('mail.hello', { name: person.name }),
      t(`mail.${what}.body`, facts),
      ...(what === 'declined' && reason !== '' ? [t('mail.reason', { reason })] : []),
      ...(what === 'introduced' && match.message !== '' ? [match.message] : []),
      t(`mail.${what}.next`, { address }),
    ]),
  };
}

function letter(paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}

interface Proposal {
  readonly title: string;
  readonly receiverId: OrganisationId;
  readonly receiver: string;
  readonly giverId: OrganisationId;
  readonly giver: string;
}

async function proposalsOf(tx: TerritoryTransaction, matchIds: readonly MatchId[]): Promise<Proposal[]> {
  return tx
    .selectFrom('matches as m')
    .innerJoin('needs', (join) =>
      join.onRef('needs.territory_id', '=', 'm.territory_id').onRef('needs.id', '=', 'm.need_id'),
    )
    .innerJoin('offers', (join) =>
      join.onRef('offers.territory_id', '=', 'm.territory_id').onRef('offers.id', '=', 'm.offer_id'),
    )
    .innerJoin('organisations as receiver', (join) =>
      join.onRef('receiver.territory_id', '=', 'm.territory_id').onRef('receiver.id', '=', 'needs.organisation_id'),
    )
    .innerJoin('organisations as giver', (join) =>
      join.onRef('giver.territory_id', '=', 'm.territory_id').onRef('giver.id', '=', 'offers.organisation_id'),
    )
    .select([
      'needs.title',
      'receiver.id as receiverId',
      'receiver.name as receiver',
      'giver.id as giverId',
      'giver.name as giver',
    ])
    .where('m.territory_id', '=', tx.territoryId)
    .where(sql<boolean>`m.id = any(${[...matchIds]}::uuid[])`)
    .orderBy('m.id')
    .execute();
}

/** The managers of each organisation who have an address; all its members where no manager has one. */
async function recipientsOf(
  tx: TerritoryTransaction,
  organisationIds: readonly OrganisationId[],
): Promise<Recipient[]> {
  const rows = await tx
    .selectFrom('memberships as m')
    .innerJoin('people', (join) =>
      join.onRef('people.territory_id', '=', 'm.territory_id').onRef('people.id', '=', 'm.person_id'),
    )
    .select([
      'people.id as personId',
      'm.organisation_id as organisationId',
      'm.role',
      'people.email',
      'people.name',
      'people.locale',
    ])
    .where('m.territory_id', '=', tx.territoryId)
    .where(sql<boolean>`m.organisation_id = any(${[...organisationIds]}::uuid[])`)
    .where('people.email', 'is not', null)
    .orderBy('people.id')
    .execute();
  const managed = new Set(rows.filter(({ role }) => role === 'manager').map(({ organisationId }) => organisationId));
  return rows.flatMap(({ role, email, ...person }) =>
    email === null || (role === 'member' && managed.has(person.organisationId)) ? [] : { ...person, email },
  );
}
