/** What happened to a session, the latest first, in words. */
import { Timeline } from '../../../ui/components/timeline.tsx';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { SESSION_EVENTS, type SessionEventKind } from '../events.ts';
import type { HistoryLine, SessionView } from '../session-queries.server.ts';
import { deliveryWords } from './words.tsx';

interface SessionHistoryProps {
  readonly visit: TerritoryVisit;
  readonly session: SessionView;
  readonly history: readonly HistoryLine[];
}

export function SessionHistory({ visit, session, history }: SessionHistoryProps) {
  const { t, write } = deliveryWords(visit);
  const moments = history.flatMap((line) => {
    const kind = SESSION_EVENTS.find((item) => item === line.kind);
    if (kind === undefined) return [];
    const reason = line.payload['reason'];
    const by = line.personName === null ? undefined : t('event.by', { person: line.personName });
    return [
      {
        when: write.dateTime(line.at, { year: true }),
        dateTime: line.at.toString(),
        title: titleOf(visit, session, kind, line),
        detail: [typeof reason === 'string' ? reason : undefined, by].filter((text) => text !== undefined).join(', '),
        tone:
          kind === 'session-confirmed'
            ? ('good' as const)
            : kind === 'session-cancelled' || kind === 'session-corrected'
              ? ('warn' as const)
              : undefined,
      },
    ];
  });
  return <Timeline moments={moments} />;
}

function titleOf(
  visit: TerritoryVisit,
  session: SessionView,
  kind: SessionEventKind,
  { payload }: HistoryLine,
): string {
  const words = deliveryWords(visit);
  const { t } = words;
  const startsAt = payload['startsAt'];
  const day = typeof startsAt === 'string' ? words.when({ startsAt: Temporal.Instant.from(startsAt) }) : '';
  const amount = words.amountOf(session, BigInt(Number(payload['amount'] ?? 0)));
  const organisation = payload['side'] === 'giver' ? session.giverName : session.receiverName;
  return t(`event.${kind}`, { day, amount, organisation });
}
