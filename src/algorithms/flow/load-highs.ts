/** The HiGHS solver, loaded once per thread (about a tenth of a second), only when it is needed. */
import highsModule from 'highs';
import type { Highs } from 'highs';

let loading: Promise<Highs> | undefined;

export function loadHighs(): Promise<Highs> {
  // The package describes its ES module as CommonJS: what is imported is the loader itself.
  loading ??= (highsModule as unknown as typeof highsModule.default)();
  return loading;
}
