/** Is every entry still what it was when it was booked? The chain, and its verification at a press. */
import { SIGN_IN } from '../../../platform/web/page.ts';
import { Button } from '../../../ui/components/button.tsx';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { bookWords, type BookWords } from '../components/words.ts';
import { maySeeBooks } from '../policy.ts';
import { countUnsealed, headOf } from '../sealing.server.ts';
import { chainTwin } from '../twin-schema.ts';
import { verifyChain, type ChainFault, type Verification } from '../verification.server.ts';

interface Data {
  readonly head: Awaited<ReturnType<typeof headOf>>;
  readonly waiting: number;
  readonly expected: string;
  readonly verification: Verification | undefined;
}

export const chainPage = territoryPage<Data>({
  path: '/:territory/comptes/chaine',
  twin: { areas: ['ledger'], response: chainTwin },

  async load(visit, tx) {
    if (!maySeeBooks(visit.principal)) return SIGN_IN;
    const query = visit.url.searchParams;
    const expected = (query.get('empreinte') ?? '').trim().toLowerCase();
    const isHash = /^[0-9a-f]{64}$/u.test(expected);
    const asks = query.get('verifier') === '1';
    return {
      head: await headOf(tx),
      waiting: await countUnsealed(tx),
      expected: isHash ? expected : '',
      verification: asks ? await verifyChain(tx, isHash ? [expected] : []) : undefined,
    };
  },

  view({ head, waiting, expected, verification }, visit) {
    const words = bookWords(visit);
    const { t, write } = words;
    const facts = [
      { term: t('chain.head'), details: head === undefined ? '–' : <code class="hash">{head.hash}</code> },
      ...(head === undefined ? [] : [{ term: t('chain.sealedAt'), details: write.dateTime(head.sealedAt) }]),
      { term: t('chain.waiting'), details: write.number(waiting) },
    ];
    return {
      title: t('chain.title'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('books.title'), href: pathIn(visit, 'comptes') }, { label: t('chain.title') }]}
            title={t('chain.heading', { n: head?.height ?? 0 })}
            lead={t('chain.lead')}
          />
          {verification === undefined ? null : <Outcome verification={verification} words={words} />}
          <DescriptionList facts={facts} />
          <form class="form">
            <input type="hidden" name="verifier" value="1" />
            <TextField
              name="empreinte"
              value={expected}
              label={t('chain.expected')}
              help={t('chain.expectedHelp')}
              maxlength={64}
              optional
            />
            <div class="row">
              <Button type="submit">{t('chain.verify')}</Button>
            </div>
          </form>
          <p class="soft">{t('chain.command')}</p>
        </>
      ),
    };
  },
});

function Outcome({ verification, words: { t } }: { verification: Verification; words: BookWords }) {
  const { faults, blocks, entries } = verification;
  if (faults.length === 0) {
    return <Notice title={t('chain.whole', { blocks, entries })}>{t('chain.wholeBody')}</Notice>;
  }
  return (
    <Notice tone="warn" title={t('chain.broken', { n: faults.length })} role="alert">
      <ul>
        {faults.map((fault) => (
          <li>{t(`chain.fault.${fault.kind}`, factsOf(fault))}</li>
        ))}
      </ul>
      <p>{t('chain.brokenBody')}</p>
    </Notice>
  );
}

function factsOf(fault: ChainFault): { height: number; id: string } {
  const height = 'height' in fault ? fault.height : 0;
  switch (fault.kind) {
    case 'entry-changed':
    case 'entry-outside':
      return { height, id: fault.entryId };
    case 'sums-differ':
      return { height, id: fault.accountId };
    case 'expected-missing':
      return { height, id: fault.hash.slice(0, 12) };
    default:
      return { height, id: '' };
  }
}
