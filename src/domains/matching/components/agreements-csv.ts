/** The agreements that a page shows, and the file of exactly these. */
import { CSV_TYPE, writeCsv } from '../../../platform/files/csv-writer.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { matchingText } from '../messages.ts';
import type { Agreement } from '../plan.ts';
import type { PlanScreen } from '../run-screen.server.ts';

/** Agreements with their places, narrowed to the words of the address. */
export function shownAgreements(
  visit: TerritoryVisit,
  { pool, plan }: Pick<PlanScreen, 'pool' | 'plan'>,
): readonly Agreement[] {
  const words = (visit.url.searchParams.get('q') ?? '').slice(0, 200).trim().toLocaleLowerCase('fr');
  if (words === '') return plan.agreements;
  const organisations = new Map(pool.organisations.map(({ id, name }) => [id, name]));
  return plan.agreements.filter(({ need, offer }) => {
    const [asked, given] = [pool.needs[need], pool.offers[offer]];
    if (asked === undefined || given === undefined) return false;
    const texts = [
      asked.title,
      given.title,
      organisations.get(asked.organisationId),
      organisations.get(given.organisationId),
    ];
    return texts.some((text) => text?.toLocaleLowerCase('fr').includes(words));
  });
}

/** The agreements shown, as a file for a spreadsheet. */
export function agreementsCsv(visit: TerritoryVisit, screen: PlanScreen): Response {
  const t = matchingText(visit.locale);
  const { pool } = screen;
  const organisations = new Map(pool.organisations.map(({ id, name }) => [id, name]));
  const need = ({ need: place }: Agreement) => pool.needs[place];
  const offer = ({ offer: place }: Agreement) => pool.offers[place];
  const nameOf = (one: { readonly organisationId: (typeof pool.organisations)[number]['id'] } | undefined) =>
    one === undefined ? '' : organisations.get(one.organisationId);
  const csv = writeCsv<Agreement>(
    [
      { label: t('csv.receiver'), cell: (row) => nameOf(need(row)) },
      { label: t('run.column.need'), cell: (row) => need(row)?.title },
      { label: t('csv.giver'), cell: (row) => nameOf(offer(row)) },
      { label: t('decisions.column.offer'), cell: (row) => offer(row)?.title },
      { label: t('run.column.units'), cell: ({ units }) => units },
      { label: t('csv.unit'), cell: (row) => t(`unitName.${need(row)?.unit ?? 'half-day'}`) },
      { label: t('csv.score'), cell: ({ score }) => score },
    ],
    shownAgreements(visit, screen),
  );
  const name = `plan-${screen.round.number}-essai-${screen.run.number}.csv`;
  return new Response(csv, {
    headers: { 'content-type': CSV_TYPE, 'content-disposition': `attachment; filename="${name}"` },
  });
}
