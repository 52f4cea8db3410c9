/** The pairs of one need: leave them free, fix their units, or keep them apart. */
import { Field } from '../../../ui/components/field.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { formatNumber } from '../../../i18n/format.ts';
import { pairKey } from '../explorer-problem.ts';
import { MOST_UNITS, readUnits, ruleOf, type PairChange } from '../what-if.ts';
import { nameOf, type ExplorerProps } from './explorer-props.ts';

export function Pairs(props: ExplorerProps) {
  const { t, problem, sight, acts } = props;
  const { data } = problem;
  return (
    <section class="section stack close" id="paires">
      <h2>{t('pairs.title')}</h2>
      <p class="soft small measure">{t('pairs.lead')}</p>
      <Field field={{ name: 'voir', label: t('pairs.need') }}>
        <select
          class="input"
          id="field-voir"
          name="voir"
          value={sight.need === undefined ? '' : String(sight.need)}
          onChange={
            acts &&
            (({ currentTarget }) =>
              acts.look({ need: currentTarget.value === '' ? undefined : Number(currentTarget.value) }))
          }
        >
          <option value="">{t('pairs.choose')}</option>
          {data.needs.map(([title, organisation], need) => (
            <option value={String(need)} selected={need === sight.need}>
              {data.organisations[organisation]}, {title}
            </option>
          ))}
        </select>
      </Field>
      {sight.need === undefined ? null : <PairsOf {...props} need={sight.need} />}
    </section>
  );
}

function PairsOf(props: ExplorerProps & { readonly need: number }) {
  const { t, need, page, problem, outcome } = props;
  const { title, name } = nameOf(props, 'need', need);
  const rows = (problem.data.offersOf[need] ?? []).map((offer) => {
    const key = pairKey(need, offer);
    const pair = problem.placeOf.get(key) ?? -1;
    return { key, offer, score: problem.pairs.score[pair] ?? 0, units: outcome.units[pair] ?? 0 };
  });
  return (
    <DataTable
      caption={t('pairs.caption', { title, name })}
      rows={rows.toSorted((a, b) => b.score - a.score)}
      rowKey={({ key }) => key}
      dense
      empty={<p class="soft">{t('pairs.none')}</p>}
      columns={[
        {
          key: 'offer',
          title: t('pairs.column.offer'),
          heading: true,
          cell: ({ offer }) => (
            <>
              <strong>{nameOf(props, 'offer', offer).name}</strong>
              <br />
              <span class="soft">{nameOf(props, 'offer', offer).title}</span>
            </>
          ),
        },
        {
          key: 'score',
          title: t('pairs.column.score'),
          numeric: true,
          cell: ({ score }) => formatNumber(page.locale, score),
        },
        { key: 'units', title: t('pairs.column.units'), numeric: true, cell: ({ units }) => units },
        {
          key: 'rule',
          title: t('pairs.column.rule'),
          cell: ({ key, offer, units }) => (
            <PairRule {...props} pair={key} name={nameOf(props, 'offer', offer).name} units={units} />
          ),
        },
      ]}
    />
  );
}

const RULES = { free: 'libre', pin: 'fixer', forbid: 'interdire' } as const;

function PairRule(props: ExplorerProps & { readonly pair: string; readonly name: string; readonly units: number }) {
  const { t, problem, whatIf, pair, name, units, acts } = props;
  const rule = ruleOf(whatIf, problem, pair);
  const fixed = rule.rule === 'pin' ? rule.units : Math.max(1, units);
  const choose = (chosen: PairChange['rule']) =>
    acts?.setPair(pair, chosen === 'pin' ? { rule: chosen, units: fixed } : { rule: chosen });
  return (
    <fieldset class="segments">
      <legend class="hidden">{t('pairs.rule', { name })}</legend>
      {(['free', 'pin', 'forbid'] as const).map((one) => (
        <label>
          <input
            type="radio"
            name={`p${pair}`}
            value={RULES[one]}
            checked={rule.rule === one}
            onChange={acts && (() => choose(one))}
          />
          <span>{t(`rule.${one}`)}</span>
        </label>
      ))}
      {acts === undefined || rule.rule === 'pin' ? (
        <input
          class="input"
          type="number"
          name={`q${pair}`}
          aria-label={t('pairs.units', { name })}
          min={1}
          max={MOST_UNITS}
          value={fixed}
          autocomplete="off"
          onInput={
            acts &&
            (({ currentTarget }) => {
              const typed = readUnits(currentTarget.value) ?? 0;
              if (typed > 0) acts.setPair(pair, { rule: 'pin', units: typed });
            })
          }
        />
      ) : null}
    </fieldset>
  );
}
