/** What every part of the screen of one import is drawn from. */
import type { FormState } from '../../../lib/form-state.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { ImportScreen } from '../import-acts.server.ts';

export interface ReviewProps extends ImportScreen {
  readonly visit: TerritoryVisit;
  readonly form: FormState;
}
