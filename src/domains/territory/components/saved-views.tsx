/** Views of the directory that somebody keeps: the form that keeps one, and the list of them. */
import type { FormState } from '../../../lib/form-state.ts';
import { Button, ButtonLink } from '../../../ui/components/button.tsx';
import { CheckField } from '../../../ui/components/check-field.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { readListing, writeListing, FACETS, type Listing } from '../listing.ts';
import { findingText } from '../messages.ts';
import { isInsider } from '../principal.ts';
import type { SavedView } from '../saved-views.server.ts';
import { formKey, pathIn, type TerritoryVisit } from '../visit.ts';

/** Under the list, for whoever has a part here. */
export function KeepView({ listing, visit }: { listing: Pick<Listing, 'filter' | 'sort'>; visit: TerritoryVisit }) {
  const t = findingText(visit.locale);
  if (!isInsider(visit.principal)) return null;
  return (
    <More summary={t('saved.keep')}>
      <KeepForm query={writeListing(listing).toString()} visit={visit} />
    </More>
  );
}

export function KeepForm({ query, visit, form }: { query: string; visit: TerritoryVisit; form?: FormState }) {
  const t = findingText(visit.locale);
  const field = fieldsOf(form ?? { values: {}, errors: {} });
  return (
    <Form
      action={pathIn(visit, 'vues')}
      name="keep"
      idempotencyKey={formKey(visit)}
      {...(form === undefined ? {} : { form })}
      hidden={{ query }}
    >
      <TextField {...field('name')} label={t('saved.name')} help={t('saved.keepHelp')} maxlength={80} />
      <CheckField {...field('shared')} label={t('saved.share')} />
      <SubmitButton>{t('saved.save')}</SubmitButton>
    </Form>
  );
}

export function SavedViews({ views, visit }: { views: readonly SavedView[]; visit: TerritoryVisit }) {
  const t = findingText(visit.locale);
  const empty = (
    <EmptyState
      title={t('saved.empty')}
      action={<ButtonLink href={pathIn(visit, 'organisations')}>{t('saved.toList')}</ButtonLink>}
    >
      {t('saved.emptyBody')}
    </EmptyState>
  );
  return (
    <DataTable<SavedView>
      caption={t('saved.caption')}
      rows={views}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'name',
          title: t('saved.column.name'),
          heading: true,
          cell: (view) => (
            <>
              {view.name} <Tag>{view.isOwn ? t('saved.mine') : t('saved.by', { name: view.ownerName })}</Tag>
              {view.isShared && view.isOwn ? <Tag tone="info">{t('saved.shared')}</Tag> : null}
            </>
          ),
        },
        { key: 'what', title: t('saved.column.what'), cell: ({ query }) => whatOf(query, visit) },
        {
          key: 'new',
          title: t('saved.column.new'),
          numeric: true,
          cell: ({ newCount }) => formatNumber(visit.locale, newCount),
        },
        { key: 'actions', title: t('saved.column.actions'), cell: (view) => <Acts view={view} visit={visit} /> },
      ]}
    />
  );
}

/** Its words, and which facets it narrows. */
function whatOf(query: string, visit: TerritoryVisit): string {
  const t = findingText(visit.locale);
  const { filter, sort } = readListing(new URLSearchParams(query));
  const said = [
    ...(filter.words === '' ? [] : [`« ${filter.words} »`]),
    ...FACETS.filter((facet) => filter.chosen[facet].length > 0).map((facet) => t(`facet.${facet}`)),
  ];
  return [said.length === 0 ? t('saved.whole') : said.join(', '), t(`sort.${sort}`)].join(' · ');
}

function Acts({ view, visit }: { view: SavedView; visit: TerritoryVisit }) {
  const t = findingText(visit.locale);
  const { id, name } = view;
  return (
    <div class="stack">
      <Form name="open" idempotencyKey={formKey(visit)} hidden={{ view: id }} inline>
        <Button small aria-label={t('saved.openLabel', { name })}>
          {t('saved.open')}
        </Button>
      </Form>
      {view.isOwn ? (
        <More summary={t('saved.rename')}>
          <Form name="rename" idempotencyKey={formKey(visit)} hidden={{ view: id }} inline>
            <input
              class="input"
              name="name"
              aria-label={t('saved.renameLabel', { name })}
              value={name}
              maxlength={80}
              required
            />
            <Button small tone="quiet">
              {t('saved.rename')}
            </Button>
          </Form>
          <Form name="delete" idempotencyKey={formKey(visit)} hidden={{ view: id }} inline>
            <Button small tone="quiet" aria-label={t('saved.deleteLabel', { name })}>
              {t('saved.delete')}
            </Button>
          </Form>
        </More>
      ) : null}
    </div>
  );
}
