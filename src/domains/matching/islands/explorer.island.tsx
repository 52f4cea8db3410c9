/**
 * Takes the explorer over: the solver runs here, and the new best plan is on the screen while the finger is still on
 * the slider. The address follows, so that a link shows the same; what changed is read aloud once the hand rests.
 */
import { hydrate } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ScreenLocale } from '../../../ui/text.ts';
import { readExplorerData, type ExplorerData, type ExplorerProblem } from '../explorer-problem.ts';
import {
  NOTHING_CHANGED,
  PARAMETERS,
  readWhatIf,
  withAdded,
  withCapacity,
  withPair,
  withWanted,
  writeWhatIf,
  type WhatIf,
} from '../what-if.ts';
import {
  explorerText,
  find,
  readSight,
  type Acts,
  type ExplorerPage,
  type Found,
  type Sight,
} from './explorer-props.ts';
import { fullSentence } from './explorer-strip.tsx';
import { ExplorerView } from './explorer-view.tsx';

const REST_MS = 700;
/** Browsers refuse addresses that change too often. */
const ADDRESS_MS = 300;

const place = document.querySelector<HTMLElement>('[data-island=explorer]');
const data = document.querySelector('#explorer-data')?.textContent;
if (place !== null && data) {
  const page = JSON.parse(place.dataset['props'] ?? '{}') as ExplorerPage;
  hydrate(<Explorer page={page} problem={readExplorerData(JSON.parse(data) as ExplorerData)} />, place);
}

interface State extends Found {
  readonly took: number | undefined;
}

function Explorer({ page, problem }: { readonly page: ExplorerPage; readonly problem: ExplorerProblem }) {
  const t = useMemo(() => explorerText(page.locale), [page.locale]);
  const [state, setState] = useState<State>(() => ({ ...find(problem, whatIfHere(problem)), took: undefined }));
  const [sight, setSight] = useState<Sight>(() => readSight(new URLSearchParams(location.search), problem));
  const [isLive, setLive] = useState(false);
  const [heard, setHeard] = useState('');
  useEffect(() => setLive(true), []);
  const acts = useActs(problem, state, (whatIf) => setState(solved(problem, whatIf)), setSight);
  const props = { ...state, page, problem, sight, t, acts: isLive ? acts : undefined };
  useEffect(() => {
    if (!isLive) return undefined;
    const write = setTimeout(() => writeAddress(state.whatIf, sight), ADDRESS_MS);
    return () => clearTimeout(write);
  }, [state.whatIf, sight, isLive]);
  useEffect(() => {
    // Only what somebody did here is said.
    if (state.took === undefined) return undefined;
    const say = setTimeout(() => setHeard(fullSentence(props)), REST_MS);
    return () => clearTimeout(say);
  }, [state]);
  return (
    <ScreenLocale.Provider value={page.locale}>
      <ExplorerView {...props} />
      <output class="hidden">{heard}</output>
    </ScreenLocale.Provider>
  );
}

/** Acts change what is wanted at once and solve it once a frame, however fast the finger is. */
function useActs(
  problem: ExplorerProblem,
  { whatIf }: Found,
  solve: (whatIf: WhatIf) => void,
  setSight: (change: (sight: Sight) => Sight) => void,
): Acts {
  const wanted = useRef(whatIf);
  const frame = useRef(0);
  return useMemo(() => {
    const change = (next: (whatIf: WhatIf) => WhatIf) => {
      wanted.current = next(wanted.current);
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => solve(wanted.current));
    };
    return {
      setCapacity: (offer, units) => change((now) => withCapacity(now, problem, offer, units)),
      setWanted: (need, units) => change((now) => withWanted(now, problem, need, units)),
      setPair: (key, pair) => change((now) => withPair(now, problem, key, pair)),
      setAdded: (place, units) =>
        change((now) => ({
          ...now,
          added: withAdded(
            problem,
            now.added.map((one, at) => (at === place ? { ...one, units } : one)),
          ),
        })),
      add(like, units) {
        const [, side, at] = /^([ab])(\d+)$/u.exec(like) ?? [];
        if (at === undefined) return;
        const more = { side: side === 'b' ? ('need' as const) : ('offer' as const), like: Number(at), units };
        change((now) => ({ ...now, added: withAdded(problem, now.added, more) }));
      },
      look: (change_) => setSight((sight) => ({ ...sight, ...change_ })),
      reset: () => change(() => NOTHING_CHANGED),
    };
  }, [problem]);
}

function solved(problem: ExplorerProblem, whatIf: WhatIf): State {
  const start = performance.now();
  const found = find(problem, whatIf);
  return { ...found, took: performance.now() - start };
}

function whatIfHere(problem: ExplorerProblem): WhatIf {
  return readWhatIf(new URLSearchParams(location.search), problem);
}

function writeAddress(whatIf: WhatIf, sight: Sight): void {
  const query = new URLSearchParams(location.search);
  for (const name of PARAMETERS) query.delete(name);
  const said = { ...writeWhatIf(whatIf), voir: sight.need === undefined ? '' : String(sight.need), flux: sight.flow };
  for (const [name, text] of Object.entries(said)) {
    if (text === '') query.delete(name);
    else query.set(name, text);
  }
  const text = query.toString();
  const address = `${location.pathname}${text === '' ? '' : `?${text}`}${location.hash}`;
  if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, '', address);
}
