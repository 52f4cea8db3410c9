/**
 * The table of page addresses, in the order in which they are tried: fixed words before parameters.
 * An address that people read is French, the same in both languages.
 */
import type { InstancePage } from './domains/identity/instance-visit.ts';
import { organisationPage } from './domains/territory/pages/organisation.tsx';
import { organisationEditPage } from './domains/territory/pages/organisation-edit.tsx';
import { organisationNewPage } from './domains/territory/pages/organisation-new.tsx';
import { organisationsPage } from './domains/territory/pages/organisations.tsx';
import type { TerritoryPage } from './domains/territory/visit.ts';

// A table of pages whose data differ: each is only ever given its own.
// oxlint-disable-next-line typescript/no-explicit-any -- the data's type is sealed inside each page
export const territoryPages: readonly TerritoryPage<any>[] = [
  organisationsPage,
  organisationNewPage,
  organisationEditPage,
  organisationPage,
];

/** Pages of the instance, which belong to no territory. */
// oxlint-disable-next-line typescript/no-explicit-any -- the data's type is sealed inside each page
export const instancePages: readonly InstancePage<any>[] = [];
