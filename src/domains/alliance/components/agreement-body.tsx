/** What stands under the head of an agreement's page: whether it is in force, its lines, its history. */
import type { FormState } from '../../../lib/form-state.ts';
import { Notice } from '../../../ui/components/notice.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { Commitment } from '../agreement.ts';
import type { Agreement, AgreementLine, FactLine } from '../agreement-queries.server.ts';
import type { InstalmentLine } from '../instalment-queries.server.ts';
import { AddCommitment, AddInstalment, SignForm } from './agreement-acts.tsx';
import { AgreementHistory } from './agreement-history.tsx';
import { CommitmentTable, Counterparts, InstalmentTable } from './agreement-terms.tsx';
import { allianceWords } from './words.tsx';

export interface AgreementWhole {
  readonly agreement: Agreement;
  readonly instalments: readonly InstalmentLine[];
  readonly commitments: readonly Commitment[];
  readonly texts: readonly AgreementLine[];
  readonly facts: readonly FactLine[];
}

/** Whether this text is the one in force. */
export function TextStanding({ data: { agreement, texts }, visit }: { data: AgreementWhole; visit: TerritoryVisit }) {
  const { t, agreementHref } = allianceWords(visit);
  if (agreement.state === 'draft') {
    return (
      <Notice tone="info" title={t('agreement.draftNotice')}>
        {agreement.number === 0 ? t('agreement.draftBody') : t('agreement.amends')}
      </Notice>
    );
  }
  const current = texts.find(({ state }) => state === 'signed' || state === 'ended');
  if (agreement.state !== 'superseded' || current === undefined) return null;
  return (
    <Notice tone="warn">
      {t('agreement.isReplaced')} <a href={agreementHref(current.id)}>{t('agreement.seeCurrent')}</a>
    </Notice>
  );
}

/** Its lines, and for the team the forms that complete a draft. */
export function AgreementTerms({
  data: { agreement, instalments, commitments, texts, facts },
  visit,
  form,
  isOpen,
}: {
  data: AgreementWhole;
  visit: TerritoryVisit;
  form: FormState;
  isOpen: boolean;
}) {
  const { t } = allianceWords(visit);
  const frame = { visit, form, agreement };
  return (
    <div>
      <Section title={t('agreement.instalments')}>
        <InstalmentTable {...frame} isOpen={isOpen} lines={instalments} />
        {isOpen ? <AddInstalment {...frame} /> : null}
      </Section>
      <Section title={t('agreement.commitments')}>
        <CommitmentTable {...frame} isOpen={isOpen} lines={commitments} />
        {agreement.state === 'draft' ? null : (
          <p>
            <a href={pathIn(visit, 'organisations', agreement.organisationSlug, 'engagements')}>
              {t('agreement.seeDelivered')}
            </a>
          </p>
        )}
        {isOpen ? <AddCommitment {...frame} /> : null}
      </Section>
      <Counterparts visit={visit} agreement={agreement} />
      {isOpen ? (
        <Section title={t('act.sign')}>
          <SignForm visit={visit} form={form} />
        </Section>
      ) : null}
      {facts.length > 0 || texts.length > 1 ? <AgreementHistory visit={visit} texts={texts} facts={facts} /> : null}
    </div>
  );
}
