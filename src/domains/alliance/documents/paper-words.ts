/** The words of documents on money and aid, in the language of the document. Pure: the same facts give the same words. */
import { formatter } from '../../../i18n/format.ts';
import type { Locale } from '../../../i18n/translator.ts';
import type { Paper, PaperBlock } from '../../../lib/paper.ts';
import { aidText } from '../aid-messages.ts';
import { writeIban } from '../bank/iban.ts';
import { documentText } from './document-messages.ts';
import type { CallFacts, CertificateFacts, NoticeFacts, PartyFacts, ReceiptFacts, SenderFacts } from './paper-facts.ts';

export interface PaperFrame {
  readonly locale: Locale;
  readonly zone: string;
  readonly issuedOn: Temporal.PlainDate;
  readonly number: string;
}

export function callWords(facts: CallFacts, frame: PaperFrame): Paper {
  const { t, money, day } = wordsOf(frame);
  return framed(frame, facts, {
    title: t('call.title', { number: frame.number }),
    recipient: recipientOf(facts),
    blocks: [
      {
        kind: 'paragraph',
        text: t('call.body', {
          kind: facts.isGrant ? 'grant' : 'fee',
          amount: money(facts.amountCents),
          year: String(facts.year),
          day: day(facts.dueOn),
        }),
      },
      {
        kind: 'facts',
        rows: [
          ...agreementRows(facts, frame),
          [t('call.calledOn'), day(facts.calledOn)],
          [t('call.dueOn'), day(facts.dueOn)],
          ...(facts.condition === '' ? [] : [[t('call.condition'), facts.condition] as const]),
          [t('call.amount'), money(facts.amountCents)],
          ...(facts.iban === null ? [] : [[t('call.iban'), writeIban(facts.iban)] as const]),
          [t('call.mention'), [facts.reference, frame.number].filter((text) => text !== '').join(' ')],
        ],
      },
    ],
  });
}

export function receiptWords(facts: ReceiptFacts, frame: PaperFrame): Paper {
  const { t, money, day } = wordsOf(frame);
  return framed(frame, facts, {
    title: t('receipt.title', { number: frame.number }),
    recipient: recipientOf(facts),
    blocks: [
      {
        kind: 'paragraph',
        text: t('receipt.body', {
          sender: facts.sender,
          amount: money(facts.amountCents),
          organisation: facts.organisation,
          day: day(facts.paidOn),
        }),
      },
      {
        kind: 'facts',
        rows: [
          ...agreementRows(facts, frame),
          [t('call.dueOn'), day(facts.dueOn)],
          [t('receipt.called'), money(facts.calledCents)],
          [t('receipt.received'), money(facts.amountCents)],
          [t('receipt.left'), money(facts.leftCents)],
        ],
      },
      { kind: 'paragraph', text: t('receipt.foot'), isSmall: true },
    ],
  });
}

export function certificateWords(facts: CertificateFacts, frame: PaperFrame): Paper {
  const { t, money, day, list, aid } = wordsOf(frame);
  return framed(frame, facts, {
    title: t('certificate.title', { number: frame.number }),
    recipient: [],
    blocks: [
      { kind: 'paragraph', text: t('certificate.body', { from: day(facts.from), until: day(facts.until) }) },
      {
        kind: 'facts',
        rows: [
          [t('certificate.firm'), facts.organisation],
          ['SIREN', facts.organisationSiren ?? t('noSiren')],
          [t('certificate.others'), facts.others.length === 0 ? t('certificate.alone') : list(facts.others)],
          [t('certificate.used'), money(facts.usedCents)],
          [t('certificate.ceiling'), money(facts.ceilingCents)],
          [t('certificate.room'), money(facts.roomCents)],
        ],
      },
      {
        kind: 'table',
        caption: t('certificate.lines', { n: facts.lines.length }),
        columns: [
          { title: t('column.title'), share: 3 },
          { title: t('column.authority'), share: 3 },
          { title: t('column.grantedOn'), share: 2 },
          { title: t('column.basis'), share: 3 },
          { title: t('column.amount'), share: 2, isNumeric: true },
        ],
        rows: facts.lines.map((line) => [
          line.title,
          line.authority,
          day(line.grantedOn),
          aid(`basis.${line.basis}`),
          money(line.cents),
        ]),
      },
      { kind: 'paragraph', text: t('certificate.foot', { version: facts.lawVersion }), isSmall: true },
    ],
  });
}

/** DM-16: the amount, that it is de minimis aid, and the regulation by its name. */
export function noticeWords(facts: NoticeFacts, frame: PaperFrame): Paper {
  const { t, money, day, aid } = wordsOf(frame);
  return framed(frame, facts, {
    title: t('notice.title', { number: frame.number }),
    recipient: [facts.organisation, sirenOf(facts.organisationSiren)].filter((line) => line !== ''),
    blocks: [
      {
        kind: 'paragraph',
        text: t('notice.body', { authority: facts.authority, day: day(facts.grantedOn), amount: money(facts.cents) }),
      },
      {
        kind: 'facts',
        rows: [
          [t('column.title'), facts.title],
          [t('column.authority'), facts.authority],
          [t('column.grantedOn'), day(facts.grantedOn)],
          [t('notice.amount'), money(facts.cents)],
          [t('column.basis'), aid(`basis.${facts.basis}`)],
        ],
      },
      { kind: 'paragraph', text: t('notice.duty') },
      { kind: 'paragraph', text: t('certificate.foot', { version: facts.lawVersion }), isSmall: true },
    ],
  });
}

/** What every document has around its own words. */
export function framed(
  frame: PaperFrame,
  { sender, senderSiren }: SenderFacts,
  own: { readonly title: string; readonly recipient: readonly string[]; readonly blocks: readonly PaperBlock[] },
): Paper {
  const { t, day } = wordsOf(frame);
  const issuedOn = frame.issuedOn.toString();
  return {
    ...own,
    locale: frame.locale,
    sender: [sender, sirenOf(senderSiren), t('issuedOn', { day: day(issuedOn) })].filter((line) => line !== ''),
    issuedOn,
    foot: t('foot', { sender, number: frame.number }),
    pageWords: t('page', { page: '{page}', pages: '{pages}' }),
  };
}

export function wordsOf({ locale, zone }: Pick<PaperFrame, 'locale' | 'zone'>) {
  const write = formatter(locale, zone);
  return {
    t: documentText(locale),
    aid: aidText(locale),
    write,
    money: (cents: string) => write.money(BigInt(cents)),
    day: (day: string) => write.date(Temporal.PlainDate.from(day)),
    list: (items: readonly string[]) => write.list(items),
  };
}

function agreementRows(facts: PartyFacts, frame: PaperFrame): (readonly [string, string])[] {
  const { t } = wordsOf(frame);
  const { agreement, reference, year } = facts;
  return [
    [t('call.agreement'), [agreement, reference].filter((text) => text !== '').join(', ')],
    [t('call.year'), String(year)],
  ];
}

function recipientOf({ organisation, organisationSiren }: PartyFacts): string[] {
  return [organisation, sirenOf(organisationSiren)].filter((line) => line !== '');
}

function sirenOf(siren: string | null): string {
  return siren === null ? '' : `SIREN ${siren.replace(/(\d{3})(?=\d)/gu, '$1\u00a0')}`;
}
