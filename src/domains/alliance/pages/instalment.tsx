/** Where does this payment stand? For whoever sees its agreement; the team calls, receives and takes back. */
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Panel } from '../../../ui/components/panel.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { InstalmentActs } from '../components/instalment-acts.tsx';
import { InstalmentPapers } from '../components/instalment-papers.tsx';
import { PaymentTable } from '../components/payment-table.tsx';
import { allianceWords, StandingTag } from '../components/words.tsx';
import { IssuedDocuments } from '../documents/components/issue-form.tsx';
import { documentsFor, type DocumentLine } from '../documents/document-queries.server.ts';
import { awaitedCents } from '../instalment.ts';
import { paymentsOf, type InstalmentLine, type PaymentLine } from '../instalment-queries.server.ts';
import { instalmentActs } from '../money-acts.server.ts';
import { mayKeepMoney, maySeeMoney } from '../policy.ts';
import { visibleInstalment } from '../visible.server.ts';

interface Data {
  readonly instalment: InstalmentLine;
  readonly payments: readonly PaymentLine[];
  readonly documents: readonly DocumentLine[];
}

export const instalmentPage = territoryPage<Data>({
  path: '/:territory/creances/:instalment',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const instalment = await visibleInstalment(visit, tx);
    if (instalment === undefined) return NOT_FOUND;
    const payments = await paymentsOf(tx, instalment.id);
    return { instalment, payments, documents: await documentsFor(tx, instalment.id) };
  },

  actions: instalmentActs,

  view({ instalment, payments, documents }, visit, form) {
    const words = allianceWords(visit);
    const { t, write, money } = words;
    const title = t('instalment.title', { day: write.date(instalment.dueOn) });
    const parent = maySeeMoney(visit.principal)
      ? { label: t('receivables.title'), href: pathIn(visit, 'creances') }
      : { label: t('list.title'), href: pathIn(visit, 'conventions') };
    return {
      title,
      body: (
        <>
          <PageHead
            breadcrumb={[parent, { label: title }]}
            title={title}
            lead={t('instalment.lead', {
              organisation: instalment.organisationName,
              amount: money(instalment.amountCents),
              year: String(instalment.year),
            })}
            tags={<StandingTag instalment={instalment} visit={visit} />}
          />
          <ErrorSummary form={form} />
          <Figures>
            <Figure label={t('instalment.amount')} value={money(instalment.amountCents)} />
            <Figure label={t('instalment.paid')} value={money(instalment.paidCents)} />
            <Figure label={t('instalment.left')} value={money(awaitedCents(instalment))} />
          </Figures>
          <div class="columns side">
            <div>
              {mayKeepMoney(visit.principal) ? (
                <InstalmentActs visit={visit} form={form} instalment={instalment} />
              ) : null}
              <Section title={t('instalment.payments')}>
                <PaymentTable visit={visit} payments={payments} />
              </Section>
              <InstalmentPapers visit={visit} form={form} instalment={instalment} payments={payments} />
              <IssuedDocuments visit={visit} documents={documents} />
            </div>
            <Panel title={t('agreement.facts')}>
              <Facts visit={visit} instalment={instalment} />
            </Panel>
          </div>
        </>
      ),
    };
  },
});

function Facts({ visit, instalment }: { visit: TerritoryVisit; instalment: InstalmentLine }) {
  const words = allianceWords(visit);
  const { t, write } = words;
  const { calledOn, callEntryId, remindedOn, reminders, condition } = instalment;
  const called =
    calledOn === null || callEntryId === null
      ? []
      : [
          { term: t('instalment.calledOn'), details: write.date(calledOn) },
          {
            term: t('instalment.entry'),
            details: <a href={words.entryHref(callEntryId)}>{t('expense.seeEntry')}</a>,
          },
        ];
  return (
    <DescriptionList
      facts={[
        {
          term: t('instalment.agreement'),
          details: (
            <a href={words.agreementHref(instalment.agreementId)}>
              {instalment.reference || instalment.organisationName}
            </a>
          ),
        },
        ...(condition === '' ? [] : [{ term: t('instalment.condition'), details: condition }]),
        ...called,
        ...(remindedOn === null
          ? []
          : [
              {
                term: t('instalment.reminders'),
                details: t('instalment.remindersText', { n: reminders, day: write.date(remindedOn) }),
              },
            ]),
      ]}
    />
  );
}
