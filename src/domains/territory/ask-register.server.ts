/** Sets the register's job going once an act is committed, when a SIREN was among what it changed. */
import type { FactName } from './facts.ts';
import { REGISTER_JOB, registerJobData } from './register-job.server.ts';
import type { TerritoryVisit } from './visit.ts';

export function askRegister(
  { services, territory }: Pick<TerritoryVisit, 'services' | 'territory'>,
  names: readonly FactName[],
): (() => Promise<void>) | undefined {
  return names.includes('siren') ? () => services.startJob(REGISTER_JOB, registerJobData(territory.id)) : undefined;
}
