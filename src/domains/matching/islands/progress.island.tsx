/** Asks how far a try is and shows it without loading the page again; loads it once when the try is over. */
import { hydrate, render } from 'preact';
import { ScreenLocale } from '../../../ui/text.ts';
import { isUnderWay } from '../round.ts';
import { LiveProgress, type LiveProgressProps, type ProgressState } from './live-progress.tsx';

const ASK_MS = 700;
const ASK_AGAIN_MS = 3000;

type Props = LiveProgressProps & { readonly address: string };

for (const place of document.querySelectorAll<HTMLElement>('[data-island=progress]')) start(place);

function start(place: HTMLElement): void {
  const props = JSON.parse(place.dataset['props'] ?? '{}') as Props;
  hydrate(draw(props), place);
  const ask = async () => {
    const state = await stateOf(props.address);
    if (state !== undefined && !isUnderWay(state.state)) return location.reload();
    render(draw({ ...props, ...state, isLost: state === undefined }), place);
    setTimeout(() => void ask(), state === undefined ? ASK_AGAIN_MS : ASK_MS);
  };
  setTimeout(() => void ask(), ASK_MS);
}

function draw(props: Props) {
  return (
    <ScreenLocale.Provider value={props.locale}>
      <LiveProgress {...props} />
    </ScreenLocale.Provider>
  );
}

async function stateOf(address: string): Promise<ProgressState | undefined> {
  try {
    const answer = await fetch(address, { headers: { accept: 'application/json' } });
    // Signed out meanwhile, or no longer visible: the page itself says so.
    if (answer.redirected || answer.status === 404) location.reload();
    return answer.ok ? ((await answer.json()) as ProgressState) : undefined;
  } catch {
    return undefined;
  }
}
