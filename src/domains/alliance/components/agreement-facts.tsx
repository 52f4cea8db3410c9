/** An agreement in short: parties, period, dates, and its signed text. */
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { Agreement } from '../agreement-queries.server.ts';
import { allianceWords } from './words.tsx';

export function AgreementFacts({ visit, agreement }: { visit: TerritoryVisit; agreement: Agreement }) {
  const words = allianceWords(visit);
  const { t, write } = words;
  const day = (term: string, date: Temporal.PlainDate | null) =>
    date === null ? [] : [{ term, details: write.date(date) }];
  const { fileBytes } = agreement;
  const text =
    fileBytes === null ? (
      <span class="soft">{t('agreement.noText')}</span>
    ) : (
      <a href={`${words.agreementHref(agreement.id)}/texte`} download data-no-prefetch>
        {t('agreement.download', { n: Math.ceil(Number(fileBytes) / 1000) })}
      </a>
    );
  return (
    <DescriptionList
      facts={[
        {
          term: t('column.organisation'),
          details: <a href={words.organisationHref(agreement.organisationSlug)}>{agreement.organisationName}</a>,
        },
        ...(agreement.reference === '' ? [] : [{ term: t('agreement.reference'), details: agreement.reference }]),
        { term: t('agreement.period'), details: words.period(agreement) },
        ...(agreement.parties === ''
          ? []
          : [
              { term: t('agreement.parties'), details: agreement.parties.split('\n').map((line) => <div>{line}</div>) },
            ]),
        ...day(t('agreement.signedOn'), agreement.signedOn),
        ...day(t('agreement.endedOn'), agreement.endedOn),
        ...day(t('agreement.renewalOn'), agreement.renewalOn),
        {
          term: t('agreement.public'),
          details: agreement.amountsPublic ? t('agreement.arePublic') : t('agreement.areNotPublic'),
        },
        { term: t('agreement.text'), details: text },
      ]}
    />
  );
}
