/** The plan as a picture: who gives what to whom. */
import { FlowPicture, type FlowNode } from '../../../ui/components/flow-picture.tsx';
import { Field } from '../../../ui/components/field.tsx';
import type { SupportUnit } from '../../../lib/quantity.ts';
import { totalsOf } from '../explore.ts';
import { nameOf, unitOf, type ExplorerProps } from './explorer-props.ts';

/** Ribbons beyond these are gathered into one: a hundred hair-thin ones say nothing. */
const NODES_SHOWN = 12;
const OTHERS = 'others';

export function Flow(props: ExplorerProps) {
  const { t, page, acts, problem, whatIf, outcome } = props;
  const { data } = problem;
  const units = [...totalsOf(problem, whatIf, outcome)]
    .toSorted(([, a], [, b]) => b.given - a.given)
    .map(([unit]) => unit);
  const kinds = [...data.kinds.keys()].filter((kind) => data.needs.some((need) => need[2] === kind));
  const options = [
    ...units.map((unit) => ({ value: `u-${unit}`, label: t('flow.byUnit', { unit: t(`unitName.${unit}`) }) })),
    ...kinds.map((kind) => ({ value: `k-${kind}`, label: t('flow.byKind', { kind: data.kinds[kind]?.label ?? '' }) })),
  ];
  const chosen = options.find(({ value }) => value === props.sight.flow)?.value ?? options[0]?.value ?? '';
  return (
    <section class="section" id="flux">
      <h2>{t('flow.title')}</h2>
      <div class="row adding">
        <Field field={{ name: 'flux', label: t('flow.show') }}>
          <select
            class="input"
            id="field-flux"
            name="flux"
            form="explorer"
            value={chosen === options[0]?.value ? '' : chosen}
            onChange={acts && (({ currentTarget }) => acts.look({ flow: currentTarget.value }))}
          >
            {options.map(({ value, label }, rank) => (
              // What is drawn unless told needs no word in the address.
              <option value={rank === 0 ? '' : value} selected={value === chosen}>
                {label}
              </option>
            ))}
          </select>
        </Field>
        {acts ? null : (
          <button type="submit" form="explorer" class="button quiet">
            {t('flow.draw')}
          </button>
        )}
      </div>
      <Picture {...props} chosen={chosen} locale={page.locale} />
    </section>
  );
}

function Picture(props: ExplorerProps & { readonly chosen: string; readonly locale: string }) {
  const { t, chosen, outcome } = props;
  const kind = chosen.startsWith('k-') ? Number(chosen.slice(2)) : undefined;
  const unit: SupportUnit = kind === undefined ? (chosen.slice(2) as SupportUnit) : unitOf(props, kind);
  const names = new Map<string, string>();
  const values = new Map<string, { from: string; to: string; value: number }>();
  outcome.units.forEach((units, pair) => {
    if (units === 0) return;
    const need = nameOf(props, 'need', outcome.problem.pairs.need[pair] ?? 0);
    const offer = nameOf(props, 'offer', outcome.problem.pairs.offer[pair] ?? 0);
    if (kind === undefined ? unitOf(props, need.kind) !== unit : need.kind !== kind) return;
    const from = `o${offer.organisation}`;
    const to = kind === undefined ? `k${need.kind}` : `n${outcome.problem.pairs.need[pair]}`;
    names.set(from, offer.name);
    names.set(to, kind === undefined ? (props.problem.data.kinds[need.kind]?.label ?? '') : need.name);
    const link = values.get(`${from} ${to}`) ?? { from, to, value: 0 };
    values.set(`${from} ${to}`, { ...link, value: link.value + units });
  });
  if (values.size === 0) return <p class="soft">{t('flow.none')}</p>;
  const left = gathered([...values.values()], 'from');
  const right = gathered(left.links, 'to');
  const links = right.links.toSorted((a, b) => b.value - a.value);
  const [widest] = links;
  const label = (id: string, others: number) => names.get(id) ?? t('flow.others', { n: others });
  const node =
    (others: number) =>
    (id: string): FlowNode => ({ id, label: label(id, others) });
  const total = links.reduce((sum, { value }) => sum + value, 0);
  const what = t('flow.link', {
    from: label(widest?.from ?? '', left.others),
    to: label(widest?.to ?? '', right.others),
    n: widest?.value ?? 0,
  });
  const amount = t(`unit.${unit}`, { n: total });
  return (
    <FlowPicture
      label={t('flow.label', { amount, from: left.ids.length, links: links.length, what })}
      unit={t(`unitName.${unit}`)}
      left={left.ids.map(node(left.others))}
      right={right.ids.map(node(right.others))}
      links={links}
      write={(value) => String(value)}
      height={320}
    />
  );
}

type Link = { readonly from: string; readonly to: string; readonly value: number };

/** The largest ends by name, all others as one. */
function gathered(links: readonly Link[], end: 'from' | 'to') {
  const sums = new Map<string, number>();
  for (const link of links) sums.set(link[end], (sums.get(link[end]) ?? 0) + link.value);
  const ranked = [...sums].toSorted(([, a], [, b]) => b - a).map(([id]) => id);
  const shown = ranked.length <= NODES_SHOWN ? ranked : ranked.slice(0, NODES_SHOWN - 1);
  const others = ranked.length - shown.length;
  const merged = new Map<string, Link>();
  for (const link of links) {
    const one = shown.includes(link[end]) ? link : { ...link, [end]: OTHERS + end };
    const key = `${one.from} ${one.to}`;
    merged.set(key, { ...one, value: (merged.get(key)?.value ?? 0) + link.value });
  }
  return { ids: others > 0 ? [...shown, OTHERS + end] : shown, others, links: [...merged.values()] };
}
