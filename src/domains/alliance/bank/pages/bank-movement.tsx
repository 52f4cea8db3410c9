/** What is this sum for? For the team: a person confirms, splits, sets aside or takes back. */
import { NOT_FOUND, SIGN_IN } from '../../../../platform/web/page.ts';
import { DescriptionList } from '../../../../ui/components/description-list.tsx';
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx';
import { Figure, Figures } from '../../../../ui/components/figure.tsx';
import { PageHead } from '../../../../ui/components/page-head.tsx';
import { Panel } from '../../../../ui/components/panel.tsx';
import { Tag, Tags } from '../../../../ui/components/tag.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../../territory/visit.ts';
import { movementActs, visibleMovement } from '../bank-acts.server.ts';
import {
  bookingsOf,
  movementsLike,
  openReceivables,
  type BookingLine,
  type MovementLine,
} from '../bank-queries.server.ts';
import { MovementActs, type Candidate } from '../components/movement-acts.tsx';
import { bankWords, MovementTag } from '../components/bank-words.tsx';
import { Bookings, LikeMovements } from '../components/movement-context.tsx';
import { writeIban } from '../iban.ts';
import { leftOf, standingOfMovement } from '../movement.ts';
import { suggestMatches } from '../suggestions.ts';

interface Data {
  readonly movement: MovementLine;
  readonly bookings: readonly BookingLine[];
  readonly candidates: readonly Candidate[];
  readonly alike: readonly MovementLine[];
  readonly taken: readonly MovementLine[];
}

export const bankMovementPage = territoryPage<Data>({
  path: '/:territory/banque/:movement',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const movement = await visibleMovement(visit, tx);
    if (movement === undefined) return NOT_FOUND;
    const like = await movementsLike(tx, movement);
    const bookings = await bookingsOf(tx, movement.id);
    const open = standingOfMovement(movement) === 'open' ? await openReceivables(tx) : [];
    const suggested = new Map(
      suggestMatches({ ...movement, leftCents: leftOf(movement) }, open).map((each) => [each.id, each]),
    );
    const places = [...suggested.keys()];
    const candidates = open
      .map((receivable): Candidate => ({ receivable, suggestion: suggested.get(receivable.id) }))
      .toSorted((a, b) => rank(places, a) - rank(places, b));
    return { movement, bookings, candidates, ...like };
  },

  actions: movementActs,

  view({ movement, bookings, candidates, alike, taken }, visit, form) {
    const words = bankWords(visit);
    const { t, write, money } = words;
    const title = t('movement.title', { day: write.date(movement.bookedOn) });
    const facts = { name: words.nameOf(movement), day: write.date(movement.bookedOn) };
    const lead =
      movement.amountCents > 0n
        ? t('movement.came', { ...facts, amount: money(movement.amountCents) })
        : t('movement.left', { ...facts, amount: money(-movement.amountCents) });
    return {
      title,
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('title'), href: pathIn(visit, 'banque') }, { label: title }]}
            title={title}
            lead={lead}
            tags={
              <Tags>
                <MovementTag movement={movement} words={words} />
                {movement.isReversal ? <Tag tone="warn">{t('movement.reversal')}</Tag> : null}
              </Tags>
            }
          />
          <ErrorSummary form={form} />
          <Figures>
            <Figure label={t('movement.amount')} value={money(movement.amountCents)} />
            <Figure label={t('movement.booked')} value={money(movement.bookedCents)} />
            <Figure label={t('movement.rest')} value={money(leftOf(movement))} />
          </Figures>
          <div class="columns side">
            <div>
              <LikeMovements words={words} alike={alike} taken={taken} />
              <MovementActs visit={visit} form={form} movement={movement} candidates={candidates} />
              <Bookings visit={visit} words={words} bookings={bookings} />
            </div>
            <Panel title={t('movement.facts')}>
              <Facts visit={visit} movement={movement} />
            </Panel>
          </div>
        </>
      ),
    };
  },
});

function rank(places: readonly string[], { receivable }: Candidate): number {
  const place = places.indexOf(receivable.id);
  return place < 0 ? places.length : place;
}

function Facts({ visit, movement }: { visit: TerritoryVisit; movement: MovementLine }) {
  const { t, write } = bankWords(visit);
  const { iban, accountLabel, valueOn, counterpartyIban, remittance, endToEndId, bankReference } = movement;
  const said = [
    { term: t('movement.valueOn'), details: valueOn === null ? '' : write.date(valueOn) },
    { term: t('movement.counterpartyIban'), details: writeIban(counterpartyIban) },
    { term: t('movement.remittance'), details: remittance },
    { term: t('movement.endToEndId'), details: endToEndId },
    { term: t('movement.bankReference'), details: bankReference },
  ];
  return (
    <DescriptionList
      facts={[
        { term: t('movement.account'), details: `${accountLabel}, ${writeIban(iban)}` },
        ...said.filter(({ details }) => details !== ''),
        {
          term: t('movement.source'),
          details: t('movement.sourceText', { file: movement.fileName, row: String(movement.rowNumber) }),
        },
      ]}
    />
  );
}
