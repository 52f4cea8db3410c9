/** How the books name accounts, amounts and causes on a page: bound to one visit. */
import { formatter } from '../../../i18n/format.ts';
import type { LedgerUnit } from '../../../lib/quantity.ts';
import { isMemberOf, isTeam } from '../../territory/principal.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { familyOf } from '../account.ts';
import { writeAmount } from '../amount.ts';
import type { AccountName, EntryLine } from '../book-queries.server.ts';
import { bookText } from '../messages.ts';
import { maySeeAccount } from '../policy.ts';

export function bookWords(visit: TerritoryVisit) {
  const t = bookText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  return {
    t,
    write,
    amount: (unit: LedgerUnit, amount: bigint) =>
      writeAmount(write, (counted, n) => t(`amount.${counted}`, { n }), unit, amount),
    /** The same without the unit's name, under a heading that says it. */
    figure: (unit: LedgerUnit, amount: bigint) => writeAmount(write, (_, n) => write.number(n), unit, amount),
    account: ({ code, organisationName }: Pick<AccountName, 'code' | 'organisationName'>) => {
      const family = familyOf(code);
      return family === undefined ? code : t(`family.${family}`, { organisation: organisationName ?? '' });
    },
    /** The statement of an account, for whoever may open it. */
    accountHref: ({ accountId, organisationId }: Pick<AccountName, 'accountId' | 'organisationId'>) =>
      maySeeAccount(visit.principal, organisationId) ? pathIn(visit, 'comptes', accountId) : undefined,
    entryHref: (id: string) => pathIn(visit, 'comptes', 'ecritures', id),
    /** The page of the fact behind an entry, for whoever may open it. */
    causeHref: ({ cause, transfers }: EntryLine) => {
      const owners = transfers.flatMap(({ debit, credit }) => [debit.organisationId, credit.organisationId]);
      const isOwn = owners.some((owner) => owner !== null && isMemberOf(visit.principal, owner));
      return cause.kind === 'session' && (isTeam(visit.principal) || isOwn)
        ? pathIn(visit, 'seances', cause.id)
        : undefined;
    },
  };
}

export type BookWords = ReturnType<typeof bookWords>;
