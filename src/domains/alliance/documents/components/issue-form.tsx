/** Issues a document about what a page shows, and lists those that were. */
import type { FormState } from '../../../../lib/form-state.ts';
import { Form, SubmitButton } from '../../../../ui/components/form.tsx';
import { Section } from '../../../../ui/components/section.tsx';
import { Select } from '../../../../ui/components/select.tsx';
import { fieldsOf } from '../../../../ui/form-state.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../../territory/visit.ts';
import { documentNumber, type DocumentKind } from '../document.ts';
import type { DocumentLine } from '../document-queries.server.ts';
import { LOCALES } from '../document-schema.ts';
import { documentWords } from './document-words.ts';

interface IssueProps {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
  readonly kind: DocumentKind;
  /** What it is about, for the page of documents; none where the page issues it itself. */
  readonly subject?: string;
}

export function IssueForm({ visit, form, kind, subject }: IssueProps) {
  const { t } = documentWords(visit);
  const field = fieldsOf(form);
  const target = subject === undefined ? {} : { action: pathIn(visit, 'documents'), hidden: { kind, subject } };
  return (
    <Form {...target} name="issue" idempotencyKey={formKey(visit)} inline>
      <Select
        {...field('language', visit.locale)}
        label={t('language')}
        blank={false}
        options={LOCALES.map((value) => ({ value, label: t(`language.${value}`) }))}
      />
      <SubmitButton tone="quiet">{t(`issue.${kind}`)}</SubmitButton>
    </Form>
  );
}

export function IssuedDocuments({ visit, documents }: { visit: TerritoryVisit; documents: readonly DocumentLine[] }) {
  const { t, write } = documentWords(visit);
  if (documents.length === 0) return null;
  return (
    <Section title={t('documents')}>
      <ul>
        {documents.map((document) => (
          <li>
            <a href={pathIn(visit, 'documents', document.id)}>
              {t(`kind.${document.kind}`)} {documentNumber(document)}
            </a>{' '}
            <span class="soft">
              {write.date(document.issuedOn)}, {t(`language.${document.locale}`)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
