/** Who may fill the directory from files: the team, which may add and change every organisation. */
import { isTeam, type Principal } from '../territory/principal.ts';

export function mayImport(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}
