/** The pairs fixed and kept apart in this « et si ? », and the button that makes them real decisions. */
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { withPair, writeWhatIf, type PairChange } from '../what-if.ts';
import { nameOf, type ExplorerProps } from './explorer-props.ts';

export function Keep(props: ExplorerProps) {
  const { t, page, whatIf } = props;
  if (whatIf.pairs.size === 0) return null;
  return (
    <section class="section measure" id="decisions">
      <h2>{t('keep.title')}</h2>
      <p class="soft measure">{t('keep.lead')}</p>
      <ul class="changes">
        {[...whatIf.pairs].map(([key, change]) => (
          <li key={key}>
            <span>{said(props, key, change)}</span>
            <Undo {...props} pair={key} what={said(props, key, change)} />
          </li>
        ))}
      </ul>
      {page.mayDecide ? (
        <Form name="keep" form={page.form} idempotencyKey={page.key}>
          <TextArea {...fieldsOf(page.form)('reason', '')} label={t('keep.reason')} rows={2} optional />
          <SubmitButton>{t('keep.do', { n: whatIf.pairs.size })}</SubmitButton>
        </Form>
      ) : (
        <p class="small soft">{t('keep.readOnly')}</p>
      )}
    </section>
  );
}

function Undo(props: ExplorerProps & { readonly pair: string; readonly what: string }) {
  const { t, page, problem, whatIf, acts, pair, what } = props;
  if (acts) {
    // The pin of the try holds again, or the pair is free again.
    const units = problem.pinned.get(problem.placeOf.get(pair) ?? -1);
    const undone: PairChange = units === undefined ? { rule: 'free' } : { rule: 'pin', units };
    return (
      <button
        type="button"
        class="button plain small"
        aria-label={t('keep.undoName', { what })}
        onClick={() => acts.setPair(pair, undone)}
      >
        {t('keep.undo')}
      </button>
    );
  }
  const rest = Object.entries(writeWhatIf(withPair(whatIf, problem, pair, undefined))).filter(
    ([, text]) => text !== '',
  );
  const query = new URLSearchParams(rest).toString();
  return (
    <ButtonLink tone="plain" small href={query === '' ? page.address : `${page.address}?${query}`}>
      {t('keep.undo')} <span class="hidden">{what}</span>
    </ButtonLink>
  );
}

function said(props: ExplorerProps, key: string, change: PairChange): string {
  const { t, problem } = props;
  const pair = problem.placeOf.get(key) ?? -1;
  const receiver = nameOf(props, 'need', problem.pairs.need[pair] ?? 0).name;
  const giver = nameOf(props, 'offer', problem.pairs.offer[pair] ?? 0).name;
  return change.rule === 'pin'
    ? t('keep.pin', { receiver, giver, units: change.units })
    : t(`keep.${change.rule}`, { receiver, giver });
}
