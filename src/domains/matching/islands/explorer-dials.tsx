/** The quantities: one number for each offer and each need, and a slider beside it where scripts run. */
import { Field } from '../../../ui/components/field.tsx';
import { SelectOptions } from '../../../ui/components/select.tsx';
import { bySide, MOST_UNITS, readUnits } from '../what-if.ts';
import { nameOf, unitOf, type ExplorerProps } from './explorer-props.ts';

export function Dials(props: ExplorerProps & { readonly side: 'need' | 'offer' }) {
  const { t, side, problem } = props;
  return (
    <section class="section" id={side === 'offer' ? 'apports' : 'besoins'}>
      <h2>{t(`${side}s.title`)}</h2>
      <p class="soft small measure group-lead">{t(`${side}s.lead`)}</p>
      {groupsOf(props).map(({ kind, places, isOpen }) => (
        <details class="group" open={isOpen}>
          <summary>
            <strong>{problem.data.kinds[kind]?.label}</strong>
            <span class="soft small">{groupNote(props, places)}</span>
          </summary>
          {places.map((place) => (
            <KnownDial {...props} key={place} place={place} />
          ))}
        </details>
      ))}
    </section>
  );
}

/** Kinds are open until that many dials are in sight. */
const LEAST_SHOWN = 4;

interface Group {
  readonly kind: number;
  readonly places: readonly number[];
  readonly isOpen: boolean;
}

/** Kinds with most missing first, as in the plan in hand: nothing moves under the finger. */
function groupsOf({ side, problem, before }: ExplorerProps & { side: 'need' | 'offer' }): Group[] {
  const { data } = problem;
  const rows = side === 'need' ? data.needs : data.offers;
  const missing = data.kinds.map(() => 0);
  data.needs.forEach(([, , kind], need) => {
    missing[kind] = (missing[kind] ?? 0) + (data.wanted[need] ?? 0) - (before.served[need] ?? 0);
  });
  const kinds = [...data.kinds.keys()]
    .map((kind) => ({ kind, places: [...rows.keys()].filter((place) => rows[place]?.[2] === kind) }))
    .filter(({ places }) => places.length > 0)
    .toSorted((a, b) => (missing[b.kind] ?? 0) - (missing[a.kind] ?? 0));
  const use = (place: number) =>
    side === 'offer'
      ? (before.given[place] ?? 0) / Math.max(1, data.capacity[place] ?? 1)
      : 1 - (before.served[place] ?? 0) / Math.max(1, data.wanted[place] ?? 1);
  let shown = 0;
  return kinds.map(({ kind, places }) => {
    const isOpen = side === 'offer' && shown < LEAST_SHOWN;
    shown += places.length;
    return { kind, places: places.toSorted((a, b) => use(b) - use(a) || a - b), isOpen };
  });
}

function groupNote(
  { t, side, outcome }: ExplorerProps & { side: 'need' | 'offer' },
  places: readonly number[],
): string {
  const sum = (list: Int32Array) => places.reduce((total, place) => total + (list[place] ?? 0), 0);
  const { needs, offers } = outcome.problem;
  return side === 'offer'
    ? t('group.offers', { n: places.length, given: sum(outcome.given), capacity: sum(offers.capacity) })
    : t('group.needs', { n: places.length, served: sum(outcome.served), wanted: sum(needs.wanted) });
}

function KnownDial(props: ExplorerProps & { readonly side: 'need' | 'offer'; readonly place: number }) {
  const { side, place, problem, whatIf, outcome, before, acts } = props;
  const { data } = problem;
  const isOffer = side === 'offer';
  const { name, title, kind } = nameOf(props, side, place);
  const base = (isOffer ? data.capacity : data.wanted)[place] ?? 0;
  return (
    <Dial
      {...props}
      field={`${isOffer ? 'a' : 'b'}${place}`}
      name={name}
      title={title}
      kind={kind}
      base={base}
      value={(isOffer ? whatIf.capacity : whatIf.wanted).get(place) ?? base}
      used={(isOffer ? outcome.given : outcome.served)[place] ?? 0}
      usedBefore={(isOffer ? before.given : before.served)[place] ?? 0}
      set={acts && ((units) => (isOffer ? acts.setCapacity(place, units) : acts.setWanted(place, units)))}
    />
  );
}

interface DialProps extends Pick<ExplorerProps, 't' | 'problem'> {
  readonly side: 'need' | 'offer';
  readonly field: string;
  readonly name: string;
  readonly title: string;
  readonly kind: number;
  readonly value: number;
  /** Undefined for what was added. */
  readonly base: number | undefined;
  readonly used: number;
  readonly usedBefore: number;
  readonly set: ((units: number) => void) | undefined;
}

function Dial(props: DialProps) {
  const { t, side, field, name, title, kind, value, base, used, usedBefore, set } = props;
  const isChanged = base !== undefined && value !== base;
  const isMoved = base !== undefined && used !== usedBefore;
  const amount = t(`unit.${unitOf(props, kind)}`, { n: value });
  const change = (event: { readonly currentTarget: HTMLInputElement }) => {
    const units = readUnits(event.currentTarget.value);
    if (units !== undefined) set?.(units);
  };
  return (
    <div class={isChanged ? 'dial changed' : 'dial'}>
      <label for={field}>
        <strong>{name}</strong> <span>{title}</span>
      </label>
      <p class="small soft">
        {t(side === 'offer' ? 'offer.note' : 'need.note', { given: used, served: used, amount })}
        {isMoved ? <strong> ({t('note.before', { n: usedBefore })})</strong> : null}
        {isChanged && set === undefined ? ` ${t('note.was', { n: base })}` : null}
      </p>
      <div class="dial-set">
        {set ? (
          <input
            type="range"
            min={0}
            max={Math.max(10, 2 * (base ?? 0))}
            step={1}
            value={value}
            aria-label={t('slider', { name: `${name}, ${title}` })}
            aria-valuetext={amount}
            onInput={change}
          />
        ) : null}
        <input
          class="input"
          type="number"
          id={field}
          name={field}
          min={0}
          max={MOST_UNITS}
          step={1}
          value={value}
          autocomplete="off"
          onInput={set && change}
        />
      </div>
      {set ? (
        <button
          type="button"
          class="button plain small"
          disabled={base !== undefined && !isChanged}
          aria-label={
            base === undefined
              ? t('added.removeName', { name: `${name}, ${title}` })
              : t('restore.name', { n: base, name: `${name}, ${title}` })
          }
          onClick={() => set(base ?? 0)}
        >
          {base === undefined ? t('added.remove') : t('restore', { n: base })}
        </button>
      ) : null}
    </div>
  );
}

/** What was added, and one more. */
export function Additions(props: ExplorerProps) {
  const { t, problem, whatIf, outcome, acts } = props;
  const { data } = problem;
  const [needs, offers] = bySide(whatIf.added);
  const option = (side: 'a' | 'b', rows: typeof data.needs) =>
    rows.map(([title, organisation], place) => ({
      value: `${side}${place}`,
      label: `${data.organisations[organisation]}, ${title}`,
    }));
  const options = [
    { label: t('add.offers'), options: option('a', data.offers) },
    { label: t('add.needs'), options: option('b', data.needs) },
  ];
  return (
    <section class="section" id="ajouts">
      <h2>{t('add.title')}</h2>
      {whatIf.added.map((one, place) => {
        const { side } = one;
        const rank = (side === 'need' ? needs : offers).indexOf(one);
        const at = (side === 'need' ? data.needs : data.offers).length + rank;
        const { name, title, kind } = nameOf(props, side, at);
        const used = (side === 'need' ? outcome.served : outcome.given)[at] ?? 0;
        return (
          <Dial
            {...props}
            side={side}
            field={`n${place}`}
            name={t(`added.${side}`, { name })}
            title={title}
            kind={kind}
            base={undefined}
            value={one.units}
            used={used}
            usedBefore={used}
            set={acts && ((units) => acts.setAdded(place, units))}
          />
        );
      })}
      <div class="row adding">
        <Field field={{ name: 'comme', label: t('add.like') }}>
          <select class="input" id="field-comme" name="comme">
            <option value="">{t('add.choose')}</option>
            <SelectOptions options={options} value="" />
          </select>
        </Field>
        <Field field={{ name: 'combien', label: t('add.units') }}>
          <input
            class="input"
            type="number"
            id="field-combien"
            name="combien"
            min={1}
            max={MOST_UNITS}
            value={3}
            autocomplete="off"
          />
        </Field>
        <button type="submit" class="button quiet">
          {t('add')}
        </button>
      </div>
    </section>
  );
}
