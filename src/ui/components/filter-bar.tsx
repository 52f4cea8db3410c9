import type { ComponentChildren } from 'preact';
import { fieldId } from '../form-state.ts';
import { useText } from '../text.ts';
import { Button } from './button.tsx';
import { HiddenFields } from './form.tsx';
import { SelectOptions, type SelectProps } from './select.tsx';

export interface FilterSelect {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly options: SelectProps['options'];
  /** The line that filters nothing; « Tous » unless told. */
  readonly any?: string | undefined;
}

export interface FilterCheck {
  readonly name: string;
  readonly label: string;
  readonly checked: boolean;
}

export interface FilterBarProps {
  readonly action: string;
  /** Says what is filtered, for readers of the screen. */
  readonly label: string;
  readonly search?: { readonly name: string; readonly label: string; readonly value?: string | undefined } | undefined;
  readonly selects?: readonly FilterSelect[] | undefined;
  readonly checks?: readonly FilterCheck[] | undefined;
  /** What the address keeps besides: the sorting, the tab. */
  readonly kept?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** The filters in force, each with the address without it. */
  readonly active?: readonly { readonly label: string; readonly href: string }[] | undefined;
  readonly clearHref?: string | undefined;
  /** « 42 organisations », said again when it changes. */
  readonly result?: ComponentChildren;
  /** Exports of exactly what is shown. */
  readonly exports?: ComponentChildren;
}

/** Narrows a list by its address: what is chosen can be sent to a colleague. */
export function FilterBar(props: FilterBarProps) {
  const { action, label, search, selects = [], checks = [], kept = {} } = props;
  const t = useText();
  return (
    <search class="filters" aria-label={label}>
      <form action={action} class="criteria">
        <HiddenFields values={kept} />
        {search ? (
          <div class="field search">
            <label for={fieldId(search.name)}>{search.label}</label>
            <input
              class="input"
              type="search"
              id={fieldId(search.name)}
              name={search.name}
              value={search.value ?? ''}
            />
          </div>
        ) : null}
        {selects.map((select) => (
          <div class="field">
            <label for={fieldId(select.name)}>{select.label}</label>
            <select class="input" id={fieldId(select.name)} name={select.name}>
              <option value="">{select.any ?? t('filters.any')}</option>
              <SelectOptions options={select.options} value={select.value ?? ''} />
            </select>
          </div>
        ))}
        {checks.map((check) => (
          <label class="check">
            <input type="checkbox" name={check.name} value="1" checked={check.checked} />
            <span>{check.label}</span>
          </label>
        ))}
        <Button tone="quiet">{t('filters.apply')}</Button>
      </form>
      <ActiveFilters {...props} />
    </search>
  );
}

function ActiveFilters({ active = [], clearHref, result, exports }: FilterBarProps) {
  const t = useText();
  if (active.length === 0 && !result && !exports) return null;
  return (
    <div class="row between">
      <div class="chips">
        {result ? <output class="strong">{result}</output> : null}
        {active.map(({ label, href }) => (
          <a class="chip" href={href} aria-label={t('filters.remove', { label })}>
            {label} <span aria-hidden="true">×</span>
          </a>
        ))}
        {active.length > 0 && clearHref ? <a href={clearHref}>{t('filters.clear')}</a> : null}
      </div>
      {exports ? <div class="row small">{exports}</div> : null}
    </div>
  );
}
