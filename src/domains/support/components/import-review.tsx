/** The screen of one file: what it will do and its columns, or what it did. */
import { formatter } from '../../../i18n/format.ts';
import type { ComponentChildren } from 'preact';
import type { FormState } from '../../../lib/form-state.ts';
import type { Table } from '../../../platform/files/table.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { fieldId } from '../../../ui/form-state.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { isAvailable } from '../conditions.ts';
import type { Review } from '../import-acts.server.ts';
import { newOrganisations, type Import, type ImportReport } from '../import.ts';
import { supportText } from '../messages.ts';
import { foldWords } from '../places.ts';
import { ImportMapping } from './import-mapping.tsx';
import { ImportFigures, RefusedRows, Remarks, SampleRows } from './import-preview.tsx';

export interface ReviewProps extends Review {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
}

export function ImportReview(props: ReviewProps) {
  const { visit, form, given, table, lots } = props;
  const t = supportText(visit.locale);
  const organisations = newOrganisations(lots.create, foldWords).map(({ name }) => name);
  const themes = [...new Set(lots.create.flatMap((row) => row.newThemes))];
  const over =
    given.subject === 'offers'
      ? lots.create.filter(
          (row) => !isAvailable(row.conditions, visit.today) && row.remarks.some(({ code }) => code === 'period-over'),
        ).length
      : 0;
  const figures = {
    create: lots.create.length,
    already: lots.already.length,
    refused: lots.refused.length,
    over,
    organisations: organisations.length,
    themes: themes.length,
  };
  const names = new Map(props.organisations.map(({ id, name }) => [id as string, name]));
  return (
    <>
      <div class="stack">
        <p class="soft">{readAs(visit, given, table)}</p>
        <ImportFigures visit={visit} figures={figures} isLoaded={false} />
        {given.mapping.title === undefined ? <Notice tone="warn">{t('files.needTitle')}</Notice> : null}
        <Hints visit={visit} lots={lots} />
        {over > 0 ? <Notice tone="info">{t('files.over', { n: over })}</Notice> : null}
        {lots.already.length > 0 ? <p>{t('files.alreadyNote', { n: lots.already.length })}</p> : null}
        {organisations.length > 0 ? (
          <p>{t('files.newOrganisations', { names: someNames(visit, organisations) })}</p>
        ) : null}
        {themes.length > 0 ? <p>{t('files.newThemes', { names: someNames(visit, themes) })}</p> : null}
        <Decide visit={visit} given={given} lots={lots} />
      </div>
      <ImportMapping
        visit={visit}
        form={form}
        given={given}
        columns={table.columns}
        rows={table.rows.slice(0, 20)}
        kinds={props.kinds}
        organisations={props.organisations}
      />
      <SampleRows visit={visit} rows={lots.create} subject={given.subject} organisationNames={names} />
      <RefusedRows visit={visit} refused={lots.refused} />
      <Remarks visit={visit} rows={lots.create} />
    </>
  );
}

function Decide({ visit, given, lots }: Pick<ReviewProps, 'visit' | 'given' | 'lots'>) {
  const t = supportText(visit.locale);
  const mayLoad = lots.create.length + lots.already.length > 0 && given.mapping.title !== undefined;
  return (
    <>
      <div class="row">
        {mayLoad ? (
          <Form name="load" idempotencyKey={formKey(visit)} inline>
            <SubmitButton>{t(`files.load.${given.subject}`, { n: lots.create.length })}</SubmitButton>
          </Form>
        ) : null}
        <Form name="abandon" idempotencyKey={formKey(visit)} inline>
          <SubmitButton tone="plain">{t('files.abandon')}</SubmitButton>
        </Form>
      </div>
      <p class="soft small">{t('files.loadNote')}</p>
    </>
  );
}

const HINTS = [
  ['organisation-unknown', 'files.hint.organisations', 'createsOrganisations'],
  ['organisation-missing', 'files.hint.missing', 'organisation'],
  ['kind-missing', 'files.hint.kind', 'kind'],
] as const;

/** What one answer would mend for many refused rows at once. */
function Hints({ visit, lots }: Pick<ReviewProps, 'visit' | 'lots'>) {
  const t = supportText(visit.locale);
  return HINTS.map(([code, key, field]) => {
    const n = lots.refused.filter(({ notes }) => notes.some((note) => note.code === code)).length;
    if (n === 0) return null;
    return (
      <Notice tone="warn">
        {t.rich<ComponentChildren>(key, { n, link: (inside) => <a href={`#${fieldId(field)}`}>{inside}</a> })}
      </Notice>
    );
  });
}

export function ImportDone({ visit, given, report }: { visit: TerritoryVisit; given: Import; report: ImportReport }) {
  const t = supportText(visit.locale);
  const list = pathIn(visit, given.subject === 'needs' ? 'besoins' : 'apports');
  const figures = {
    create: report.created,
    already: report.already,
    refused: report.refused.length,
    over: report.over,
    organisations: report.organisations,
    themes: report.themes,
  };
  return (
    <div class="stack">
      <ImportFigures visit={visit} figures={figures} isLoaded />
      {report.over > 0 ? <Notice tone="info">{t('files.wasOver', { n: report.over })}</Notice> : null}
      {report.already > 0 ? <p>{t('files.alreadyNote', { n: report.already })}</p> : null}
      <div class="row">
        <ButtonLink href={list}>{t(`files.seeLoaded.${given.subject}`)}</ButtonLink>
        <ButtonLink tone="quiet" href={`${list}/charger`}>
          {t('files.another')}
        </ButtonLink>
      </div>
      <RefusedRows visit={visit} refused={report.refused} />
    </div>
  );
}

const SEPARATORS: Readonly<Record<string, 'semicolon' | 'comma' | 'tab' | 'bar'>> = {
  ';': 'semicolon',
  ',': 'comma',
  '\t': 'tab',
  '|': 'bar',
};

function readAs(visit: TerritoryVisit, given: Import, table: Table): string {
  const t = supportText(visit.locale);
  const separator = SEPARATORS[table.separator ?? ''];
  const encoding = { 'utf-8': 'UTF-8', 'utf-16': 'UTF-16', 'windows-1252': 'Windows-1252' }[table.encoding];
  const format = t(`files.format.${table.format}`, {
    separator: separator === undefined ? (table.separator ?? '') : t(`files.separator.${separator}`),
    encoding,
  });
  return t('files.readAs', {
    file: given.fileName,
    rows: table.rows.length + table.unread.length,
    columns: table.columns.length,
    format,
  });
}

const NAMED = 8;

function someNames(visit: TerritoryVisit, names: readonly string[]): string {
  const write = formatter(visit.locale, visit.territory.zone);
  if (names.length <= NAMED) return write.list(names);
  return write.list([...names.slice(0, NAMED), supportText(visit.locale)('files.others', { n: names.length - NAMED })]);
}
