/** What changed in somebody's rights, when, by whom: for the team. */
import { formatDateTime } from '../../../i18n/format.ts';
import { More } from '../../../ui/components/more.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import type { HistoryLine } from '../events.server.ts';
import { directoryText } from '../messages.ts';
import { ROLES } from '../principal.ts';
import type { TerritoryVisit } from '../visit.ts';

interface PersonHistoryProps {
  readonly visit: TerritoryVisit;
  readonly history: readonly HistoryLine[];
  /** Names of the organisations that the lines speak of, by id. */
  readonly organisationNames: ReadonlyMap<string, { readonly name: string }>;
}

export function PersonHistory({ visit, history, organisationNames }: PersonHistoryProps) {
  const t = directoryText(visit.locale);
  const moments = history.flatMap((line) => {
    const title = titleOf(line, visit, organisationNames);
    if (title === undefined) return [];
    const when = formatDateTime(visit.locale, line.at, visit.territory.zone, { year: true });
    return [
      {
        when,
        dateTime: line.at.toString(),
        title,
        detail: line.personName === null ? undefined : t('history.by', { name: line.personName }),
      },
    ];
  });
  return moments.length === 0 ? null : (
    <More summary={t('person.history')}>
      <Timeline moments={moments} />
    </More>
  );
}

function titleOf(
  { kind, payload }: HistoryLine,
  visit: TerritoryVisit,
  names: PersonHistoryProps['organisationNames'],
): string | undefined {
  const t = directoryText(visit.locale);
  const role = ROLES.find((role) => role === payload['role']);
  const organisation = names.get(String(payload['organisation']))?.name ?? t('history.gone');
  switch (kind) {
    case 'person-invited':
    case 'person-edited':
      return t(`history.${kind}`);
    case 'role-granted':
    case 'role-revoked':
      return role && t(`history.${kind}`, { role: t(`role.${role}`) });
    case 'membership-set':
      return t('history.membership-set', { organisation, role: String(payload['role']) });
    case 'membership-ended':
      return t('history.membership-ended', { organisation });
    default:
      return undefined;
  }
}
