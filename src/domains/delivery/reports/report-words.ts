/** The words of a funder's report, in the language of the document. Pure: the same facts give the same words. */
import type { Paper, PaperBlock, PaperTable } from '../../../lib/paper.ts';
import { framed, wordsOf, type PaperFrame } from '../../alliance/documents/paper-words.ts';
import { allianceText } from '../../alliance/messages.ts';
import type { LedgerUnit } from '../../../lib/quantity.ts';
import { deliveryText } from '../messages.ts';
import { deliveredBy, totalsOf, type ReportFacts, type SessionLine } from './report.ts';
import { reportText } from './report-messages.ts';

export function reportWords(facts: ReportFacts, frame: PaperFrame): Paper {
  const { t } = reportTerms(frame);
  return framed(frame, facts, {
    title: t('paper.title', { number: frame.number }),
    recipient: [facts.funder, ...(facts.funderSiren === null ? [] : [`SIREN ${facts.funderSiren}`])],
    blocks: reportBlocks(facts, frame),
  });
}

/** The report itself, without what a number and a day put around it. */
export function reportBlocks(facts: ReportFacts, frame: Omit<PaperFrame, 'number'>): PaperBlock[] {
  const { t, day } = reportTerms(frame);
  const programme = facts.programme === null ? t('paper.allProgrammes') : facts.programme[frame.locale];
  return [
    {
      kind: 'facts',
      rows: [
        [t('paper.funder'), facts.funder],
        [t('paper.programme'), programme],
        [t('paper.period'), t('paper.days', { from: day(facts.from), until: day(facts.until) })],
      ],
    },
    ...moneyBlocks(facts, frame),
    ...deliveredBlocks(facts, frame),
    ...indicatorBlocks(facts, frame),
    ...evidenceBlocks(facts, frame),
  ];
}

export function reportTerms({ locale, zone }: Pick<PaperFrame, 'locale' | 'zone'>) {
  const words = wordsOf({ locale, zone });
  const delivery = deliveryText(locale);
  return {
    ...words,
    t: reportText(locale),
    nature: allianceText(locale),
    /** Nothing in kind counts euros (IK-07). */
    amount: (unit: LedgerUnit, amount: bigint) => {
      if (unit === 'eur-cent') return words.money(String(amount));
      if (unit === 'minute') return amount === 0n ? ZERO_HOURS : words.write.hours(Number(amount));
      return delivery(`amount.${unit}`, { n: Number(amount) });
    },
    cents: (cents: bigint) => words.money(String(cents)),
  };
}

/** Nothing is nothing of hours, in a column of hours. */
const ZERO_HOURS = '0\u00a0h';

function moneyBlocks(facts: ReportFacts, frame: Omit<PaperFrame, 'number'>): PaperBlock[] {
  const { t, cents, nature } = reportTerms(frame);
  const totals = totalsOf(facts);
  const all = totals.receivedCents + totals.othersCents;
  const column = { title: t('column.amount'), share: 1, isNumeric: true };
  return [
    { kind: 'heading', text: t('money.title') },
    {
      kind: 'table',
      caption: t('money.received'),
      columns: [{ title: t('column.source'), share: 2 }, column],
      rows: [
        [facts.funder, cents(totals.receivedCents)],
        ...facts.others.map((other) => [t(`others.${other.kind}`), cents(BigInt(other.cents))]),
      ],
      total: [t('total'), cents(all)],
    },
    {
      kind: 'table',
      caption: t('money.spent'),
      columns: [{ title: t('column.nature'), share: 2 }, column],
      rows: [...totals.byNature].map(([each, sum]) => [nature(`nature.${each}`), cents(sum)]),
      total: [t('total'), cents(totals.spentCents)],
    },
    { kind: 'facts', rows: [[t('money.left'), cents(all - totals.spentCents)]] },
    { kind: 'paragraph', text: t('money.how'), isSmall: true },
  ];
}

function deliveredBlocks({ sessions }: ReportFacts, frame: Omit<PaperFrame, 'number'>): PaperBlock[] {
  const { t, amount, write } = reportTerms(frame);
  const lines = deliveredBy(sessions);
  if (lines.length === 0)
    return [
      { kind: 'heading', text: t('delivered.title') },
      { kind: 'paragraph', text: t('delivered.none') },
    ];
  return [
    { kind: 'heading', text: t('delivered.title') },
    {
      kind: 'table',
      caption: t('delivered.caption'),
      columns: [
        { title: t('column.giver'), share: 3 },
        { title: t('column.receiver'), share: 3 },
        { title: t('column.sessions'), share: 1, isNumeric: true },
        { title: t('column.given'), share: 2, isNumeric: true },
      ],
      rows: lines.map((line) => [
        line.giver,
        line.receiver,
        write.number(line.sessions),
        amount(line.unit, line.amount),
      ]),
    },
  ];
}

function indicatorBlocks(facts: ReportFacts, frame: Omit<PaperFrame, 'number'>): PaperBlock[] {
  const { t, amount, write } = reportTerms(frame);
  const { byUnit, givers, receivers, needs } = totalsOf(facts);
  return [
    { kind: 'heading', text: t('indicators.title') },
    {
      kind: 'facts',
      rows: [
        ...[...byUnit].map(([unit, sum]) => [t(`indicators.${unit}`), amount(unit, sum)] as const),
        [t('indicators.sessions'), write.number(facts.sessions.length)],
        [t('indicators.needs'), write.number(needs)],
        [t('indicators.receivers'), write.number(receivers)],
        [t('indicators.givers'), write.number(givers)],
      ],
    },
  ];
}

function evidenceBlocks(facts: ReportFacts, frame: Omit<PaperFrame, 'number'>): PaperBlock[] {
  const { t, day, money, nature } = reportTerms(frame);
  const entry = { title: t('column.entry'), share: 3 };
  const sum = { title: t('column.amount'), share: 2, isNumeric: true };
  const when = { title: t('column.day'), share: 2 };
  const tables: PaperTable[] = [
    {
      kind: 'table',
      caption: t('evidence.received', { n: facts.received.length }),
      columns: [when, { title: t('column.reference'), share: 3 }, entry, sum],
      rows: facts.received.map((line) => [day(line.day), line.reference, line.entryId, money(line.cents)]),
    },
    {
      kind: 'table',
      caption: t('evidence.spent', { n: facts.spent.length }),
      columns: [
        when,
        { title: t('column.nature'), share: 2 },
        { title: t('column.supplier'), share: 3 },
        { title: t('column.file'), share: 1 },
        entry,
        sum,
      ],
      rows: facts.spent.map((line) => [
        day(line.day),
        nature(`nature.${line.nature}`),
        line.supplier,
        t(line.hasFile ? 'evidence.file' : 'evidence.noFile'),
        line.entryId,
        money(line.cents),
      ]),
    },
    sessionTable(facts.sessions, frame),
  ];
  const filled = tables.filter(({ rows }) => rows.length > 0);
  return [{ kind: 'heading', text: t('evidence.title') }, { kind: 'paragraph', text: t('evidence.how') }, ...filled];
}

export function sessionTable(sessions: readonly SessionLine[], frame: Omit<PaperFrame, 'number'>): PaperTable {
  const { t, day, amount } = reportTerms(frame);
  return {
    kind: 'table',
    caption: t('evidence.sessions', { n: sessions.length }),
    columns: [
      { title: t('column.day'), share: 2 },
      { title: t('column.giver'), share: 3 },
      { title: t('column.receiver'), share: 3 },
      { title: t('column.kind'), share: 3 },
      { title: t('column.entry'), share: 3 },
      { title: t('column.given'), share: 2, isNumeric: true },
    ],
    rows: sessions.map((line) => [
      day(line.day),
      line.giver,
      line.receiver,
      frame.locale === 'fr' ? line.kindFr : line.kindEn,
      line.entryId,
      amount(line.unit, BigInt(line.amount)),
    ]),
  };
}
