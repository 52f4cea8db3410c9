/** What was this expense, and does it still stand? For the team and the funders. */
import { NOT_FOUND } from '../../../platform/web/page.ts';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { attachmentAnswer } from '../attachments.server.ts';
import { allianceWords } from '../components/words.tsx';
import type { ExpenseLine } from '../expense-queries.server.ts';
import { reverseExpenseAct } from '../money-acts.server.ts';
import { mayKeepMoney } from '../policy.ts';
import { visibleExpense } from '../visible.server.ts';

export const expensePage = territoryPage<ExpenseLine>({
  path: '/:territory/depenses/:expense',

  async load(visit, tx) {
    const expense = await visibleExpense(visit, tx);
    if (expense === undefined) return NOT_FOUND;
    if (visit.url.searchParams.get('format') !== 'justificatif') return expense;
    const { fileId, spentOn } = expense;
    if (fileId === null) return NOT_FOUND;
    return (await attachmentAnswer(tx, fileId, `depense-${spentOn.toString()}`)) ?? NOT_FOUND;
  },

  actions: { default: reverseExpenseAct },

  view(expense, visit, form) {
    const words = allianceWords(visit);
    const { t, write } = words;
    const title = t('expense.title', { day: write.date(expense.spentOn) });
    return {
      title,
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('expenses.title'), href: pathIn(visit, 'depenses') }, { label: title }]}
            title={title}
            lead={expense.supplier}
          />
          {expense.reversalEntryId === null ? null : (
            <Notice tone="warn">
              {t('expense.wasReversed')}{' '}
              <a href={words.entryHref(expense.reversalEntryId)}>{t('expense.seeReversal')}</a>
            </Notice>
          )}
          <Facts visit={visit} expense={expense} />
          {mayKeepMoney(visit.principal) && expense.reversalEntryId === null ? (
            <More summary={t('expense.reverse')} open={form.errors['reason'] !== undefined}>
              <p class="soft">{t('expense.reverseBody')}</p>
              <Form form={form} idempotencyKey={formKey(visit)}>
                <TextField {...fieldsOf(form)('reason')} label={t('instalment.reason')} maxlength={300} />
                <SubmitButton tone="danger">{t('expense.reverseIt')}</SubmitButton>
              </Form>
            </More>
          ) : null}
        </>
      ),
    };
  },
});

function Facts({ visit, expense }: { visit: TerritoryVisit; expense: ExpenseLine }) {
  const words = allianceWords(visit);
  const { t, write, money } = words;
  const evidence =
    expense.fileId === null ? (
      <span class="soft">{t('expense.noEvidence')}</span>
    ) : (
      <a href="?format=justificatif" download data-no-prefetch>
        {t('expense.download')}
      </a>
    );
  return (
    <DescriptionList
      facts={[
        { term: t('expense.amount'), details: money(expense.amountCents) },
        { term: t('expense.spentOn'), details: write.date(expense.spentOn) },
        { term: t('expense.nature'), details: t(`nature.${expense.nature}`) },
        { term: t('expense.supplier'), details: expense.supplier },
        ...(expense.authorName === null ? [] : [{ term: t('expense.author'), details: expense.authorName }]),
        { term: t('expense.evidence'), details: evidence },
        {
          term: t('instalment.entry'),
          details: <a href={words.entryHref(expense.entryId)}>{t('expense.seeEntry')}</a>,
        },
      ]}
    />
  );
}
