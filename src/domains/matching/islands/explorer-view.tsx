/** The whole explorer below its heading, drawn by the server first and by the browser from then on. */
import { HiddenFields } from '../../../ui/components/form.tsx';
import { readUnits, writeWhatIf } from '../what-if.ts';
import { Additions, Dials } from './explorer-dials.tsx';
import { Flow } from './explorer-flow.tsx';
import { Keep } from './explorer-keep.tsx';
import { Pairs } from './explorer-pairs.tsx';
import type { ExplorerProps } from './explorer-props.ts';
import { Prices, WhoChanges } from './explorer-results.tsx';
import { Strip } from './explorer-strip.tsx';

export function ExplorerView(props: ExplorerProps) {
  const { t, page, acts, whatIf } = props;
  const { ajouts, fixer, interdire, liberer } = writeWhatIf(whatIf);
  const carried = Object.entries({ ajouts, fixer, interdire, liberer }).filter(([, text]) => text !== '');
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const units = readUnits(String(fields.get('combien') ?? '')) ?? 0;
    acts?.add(String(fields.get('comme') ?? ''), units);
  };
  return (
    <>
      <Strip {...props} />
      <div class="columns side">
        <form id="explorer" method="get" action={page.address} novalidate onSubmit={acts && submit}>
          <HiddenFields values={Object.fromEntries(carried)} />
          <Dials {...props} side="offer" />
          {acts ? null : <Recompute {...props} />}
          <Dials {...props} side="need" />
          {acts ? null : <Recompute {...props} />}
          <Additions {...props} />
          <Pairs {...props} />
          {acts ? <p class="small soft foot-note">{t('live')}</p> : <Recompute {...props} />}
        </form>
        <div class="stack follow">
          <WhoChanges {...props} />
          <Prices {...props} />
        </div>
      </div>
      <Keep {...props} />
      <Flow {...props} />
    </>
  );
}

function Recompute({ t }: Pick<ExplorerProps, 't'>) {
  return (
    <div class="recompute">
      <button type="submit" class="button">
        {t('recompute')}
      </button>
      <p class="small soft">{t('recompute.help')}</p>
    </div>
  );
}
