/** Matches in a list: who, with whom, how much, why, and where it stands. */
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { matchAddress } from '../address.ts';
import { waitingFor, type Side } from '../match.ts';
import type { Match } from '../match-queries.server.ts';
import type { MatchingText } from '../messages.ts';
import { answersFor, answersOnBehalf } from '../policy.ts';
import { DeadlineTag } from './deadline-tag.tsx';
import { amount, whySentence, type Names } from './sentences.ts';
import { MATCH_TONES } from './tones.ts';

interface MatchTableProps {
  readonly matches: readonly Match[];
  readonly names: Names;
  readonly caption: string;
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
}

export function MatchTable({ matches, names, caption, visit, t }: MatchTableProps) {
  const base = pathIn(visit);
  return (
    <DataTable<Match>
      caption={caption}
      rows={matches}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'need',
          title: t('run.column.need'),
          heading: true,
          cell: (match) => (
            <>
              <a href={matchAddress(base, match.id)}>{match.needOrganisation}</a>
              <br />
              {match.needTitle} <Deadline match={match} visit={visit} t={t} />
            </>
          ),
        },
        {
          key: 'offer',
          title: t('run.column.offer'),
          cell: (match) => (
            <>
              <a href={`${base}/organisations/${match.offerSlug}`}>{match.offerOrganisation}</a>
              <br />
              <span class="soft">{match.offerTitle}</span>
            </>
          ),
        },
        {
          key: 'quantity',
          title: t('run.column.units'),
          numeric: true,
          cell: ({ unit, quantity }) => amount(t, unit, quantity),
        },
        {
          key: 'why',
          title: t('run.column.why'),
          kind: 'why',
          cell: ({ why, message }) =>
            why && why.facts.length > 0 ? whySentence(t, names, why.facts) : message.slice(0, 140),
        },
        {
          key: 'state',
          title: t('matches.column.state'),
          cell: (match) => (
            <>
              <Tag tone={MATCH_TONES[match.state]}>{t(`match.state.${match.state}`)}</Tag>
              <Waiting match={match} visit={visit} t={t} />
            </>
          ),
        },
      ]}
    />
  );
}

function Deadline({ match, visit, t }: { match: Match; visit: TerritoryVisit; t: MatchingText }) {
  if (match.neededBy === null) return match.needUrgency === 3 ? <Tag tone="warn">{t('urgent')}</Tag> : null;
  if (match.state !== 'proposed' && match.state !== 'accepted') return null;
  return <DeadlineTag day={match.neededBy} urgent={match.needUrgency === 3} visit={visit} t={t} />;
}

/** « votre réponse est attendue », or whose. */
function Waiting({ match, visit, t }: { match: Match; visit: TerritoryVisit; t: MatchingText }) {
  const sides = waitingFor(match);
  if (sides.length === 0) return null;
  const organisation = (side: Side) => (side === 'need' ? match.needOrganisationId : match.offerOrganisationId);
  const name = (side: Side) => (side === 'need' ? match.needOrganisation : match.offerOrganisation);
  const isMine = answersFor(visit.principal, match).some(
    (side) => sides.includes(side) && !answersOnBehalf(visit.principal, organisation(side)),
  );
  return (
    <>
      <br />
      <span class={isMine ? 'small strong' : 'small soft'}>
        {isMine ? t('match.waitsForYou') : t('match.waitsFor', { names: sides.map(name).join(', ') })}
      </span>
    </>
  );
}
