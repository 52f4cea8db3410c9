/** The words of a partner's delivery statement, in the language of the document. Pure. */
import type { Paper, PaperBlock } from '../../../lib/paper.ts';
import { framed, type PaperFrame } from '../../alliance/documents/paper-words.ts';
import { reportTerms, sessionTable } from './report-words.ts';
import type { StatementFacts } from './statement.ts';

export function statementWords(facts: StatementFacts, frame: PaperFrame): Paper {
  const { t } = reportTerms(frame);
  const { organisation, organisationSiren, sessions } = facts;
  return framed(frame, facts, {
    title: t('statement.title', { number: frame.number }),
    recipient: [organisation, ...(organisationSiren === null ? [] : [`SIREN ${organisationSiren}`])],
    blocks: [
      { kind: 'paragraph', text: t('statement.body', { organisation, year: String(facts.year) }) },
      promiseTable(facts, frame),
      ...(sessions.length === 0 ? [] : [sessionTable(sessions, frame)]),
      { kind: 'paragraph', text: t('evidence.how'), isSmall: true },
    ],
  });
}

function promiseTable({ promises }: StatementFacts, frame: PaperFrame): PaperBlock {
  const { t, nature: family, amount } = reportTerms(frame);
  if (promises.length === 0) return { kind: 'paragraph', text: t('statement.nothing') };
  const columns = ['promised', 'asked', 'delivered', 'left'] as const;
  return {
    kind: 'table',
    caption: t('statement.promises'),
    columns: [
      { title: t('statement.family'), share: 3 },
      ...columns.map((key) => ({ title: t(`statement.${key}`), share: 2, isNumeric: true })),
    ],
    rows: promises.map((line) => [
      family(`family.${line.family}`),
      ...columns.map((key) => amount(line.unit, BigInt(line[key]))),
    ]),
  };
}
