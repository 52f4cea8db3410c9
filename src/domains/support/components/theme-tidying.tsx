/** The pieces of the page on which themes are tidied. */
import type { FormState } from '../../../lib/form-state.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { factsText } from '../../territory/messages.ts';
import type { NearPair } from '../../territory/themes.ts';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { ThemesToTidy } from '../theme-tidying.server.ts';

type Themes = ThemesToTidy['themes'];

export function NearThemes({ visit, pairs }: { visit: TerritoryVisit; pairs: readonly NearPair<Themes[number]>[] }) {
  const t = factsText(visit.locale);
  if (pairs.length === 0) return null;
  return (
    <Section title={t('themes.near')}>
      {pairs.map(({ first, second }) => {
        const [into, from] = first.organisations >= second.organisations ? [first, second] : [second, first];
        const hidden = { from: from.code, into: into.code };
        return (
          <Form name="merge" hidden={hidden} idempotencyKey={formKey(visit)} inline>
            <span>
              {t('themes.pair', {
                from: from.labelFr,
                n: from.organisations,
                into: into.labelFr,
                m: into.organisations,
              })}
            </span>
            <SubmitButton tone="quiet" small>
              {t('themes.merge')}
              <span class="hidden">{t('themes.mergeWhat', { from: from.labelFr, into: into.labelFr })}</span>
            </SubmitButton>
          </Form>
        );
      })}
    </Section>
  );
}

export function ThemeTable({ visit, themes }: { visit: TerritoryVisit; themes: Themes }) {
  const t = factsText(visit.locale);
  return (
    <DataTable
      caption={t('themes.caption')}
      rows={themes}
      rowKey={({ code }) => code}
      dense
      columns={[
        {
          key: 'fr',
          title: t('themes.labelFr'),
          heading: true,
          cell: ({ labelFr }) => <span lang="fr">{labelFr}</span>,
        },
        { key: 'en', title: t('themes.labelEn'), cell: ({ labelEn }) => <span lang="en">{labelEn}</span> },
        { key: 'synonyms', title: t('themes.synonyms'), cell: ({ synonyms }) => synonyms.join(', ') || '—' },
        {
          key: 'count',
          title: t('themes.organisations'),
          numeric: true,
          cell: ({ code, organisations }) => (
            <a href={`${pathIn(visit, 'organisations')}?theme=${code}`}>{organisations}</a>
          ),
        },
      ]}
    />
  );
}

/** One form to rename, one to merge two that the eye finds alike. */
export function ThemeForms({ visit, themes, form }: { visit: TerritoryVisit; themes: Themes; form: FormState }) {
  const t = factsText(visit.locale);
  const field = fieldsOf(form);
  const options = themes.map(({ code, labelFr, labelEn }) => ({
    value: code,
    label: visit.locale === 'fr' ? labelFr : labelEn,
  }));
  return (
    <>
      <More summary={t('themes.rename')}>
        <Form name="rename" idempotencyKey={formKey(visit)}>
          <Select {...field('code', '')} label={t('themes.theme')} options={options} />
          <TextField {...field('labelFr', '')} label={t('themes.labelFr')} maxlength={120} />
          <TextField {...field('labelEn', '')} label={t('themes.labelEn')} maxlength={120} />
          <SubmitButton tone="quiet">{t('themes.rename')}</SubmitButton>
        </Form>
      </More>
      <More summary={t('themes.mergeTwo')}>
        <Form name="merge" idempotencyKey={formKey(visit)}>
          <Select {...field('from', '')} label={t('themes.from')} options={options} />
          <Select {...field('into', '')} label={t('themes.into')} options={options} />
          <SubmitButton tone="quiet">{t('themes.merge')}</SubmitButton>
        </Form>
      </More>
    </>
  );
}

export function MergedThemes({ visit, merges }: { visit: TerritoryVisit; merges: ThemesToTidy['merges'] }) {
  const t = factsText(visit.locale);
  if (merges.length === 0) return null;
  return (
    <Section title={t('themes.merged')}>
      {merges.map(({ id, from, into }) => (
        <Form name="unmerge" hidden={{ merge: id }} idempotencyKey={formKey(visit)} inline>
          <span>{t('themes.mergedPair', { from, into })}</span>
          <SubmitButton tone="quiet" small>
            {t('themes.unmerge')}
            <span class="hidden"> {from}</span>
          </SubmitButton>
        </Form>
      ))}
    </Section>
  );
}
