/** Who gives hours to what: the flow picture with its rows, or what will make the first ribbon. */
import { formatList, formatNumber } from '../../../i18n/format.ts';
import { FlowPicture, type FlowNode } from '../../../ui/components/flow-picture.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { PARTS } from '../../territory/organisation.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { observatoryText } from '../messages.ts';
import type { Glance } from '../queries.server.ts';

const TONES = { 'company-partner': 'green', 'public-body': 'slate', research: 'ochre', investor: 'plum' } as const;

export function HoursPicture({ flow, visit }: { flow: Glance['flow']; visit: TerritoryVisit }) {
  const t = observatoryText(visit.locale);
  const rowsHref = pathIn(visit, 'heures');
  const hours = (minutes: number) => formatNumber(visit.locale, Math.round(minutes / 60));
  const kinds = new Map(
    flow.map((cell) => [cell.kindCode, visit.locale === 'fr' ? cell.kindLabelFr : cell.kindLabelEn]),
  );
  const left: FlowNode[] = [...PARTS, 'other' as const]
    .filter((part) => flow.some(({ giverPart }) => giverPart === part))
    .map((part) => ({
      id: part,
      label: t(`part.${part}`),
      href: `${rowsHref}?donne=${part}`,
      tone: part in TONES ? TONES[part as keyof typeof TONES] : undefined,
    }));
  const right = [...kinds].map(([id, label]) => ({ id, label, href: `${rowsHref}?aide=${id}` }));
  const links = flow.map((cell) => ({
    from: cell.giverPart,
    to: cell.kindCode,
    value: cell.minutes,
    href: `${rowsHref}?donne=${cell.giverPart}&aide=${cell.kindCode}`,
  }));
  const sumOf = (field: 'giverPart' | 'kindCode', id: string) =>
    flow.filter((cell) => cell[field] === id).reduce((sum, cell) => sum + cell.minutes, 0);
  const told = (nodes: readonly FlowNode[], field: 'giverPart' | 'kindCode') =>
    formatList(
      visit.locale,
      nodes.map(({ id, label }) => `${label} ${hours(sumOf(field, id))}`),
    );
  if (flow.length === 0)
    return (
      <Section title={t('flow.title')} lead={t('flow.empty')}>
        {null}
      </Section>
    );
  return (
    <Section
      title={t('flow.title')}
      lead={t.rich('flow.lead', {
        rows: (inside) => <a href={rowsHref}>{inside}</a>,
        file: (inside) => (
          <a href={`${rowsHref}?format=csv`} download data-no-prefetch>
            {inside}
          </a>
        ),
      })}
    >
      <FlowPicture
        label={t('flow.label', { left: told(left, 'giverPart'), right: told(right, 'kindCode') })}
        unit={t('flow.unit')}
        left={left}
        right={right}
        links={links}
        write={hours}
      />
    </Section>
  );
}
