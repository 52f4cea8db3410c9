/**
 * Where a sign-in leads back to.
 *
 * Must always hold: the answer is a path of this site, never another site's address (open redirect), never the
 * sign-in pages themselves (a circle), and can be put into a Location header as it is.
 */
const BASE = 'http://own.invalid';
const LONGEST = 1500;

/** The path written in `text`, normalised; undefined when it leads elsewhere or nowhere. */
export function returnPath(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST || !/^\/(?![/\\])/u.test(text)) return undefined;
  // oxlint-disable-next-line no-control-regex -- a browser drops some of these before it reads an address
  if (/[\u0000-\u001f\u007f\\]/u.test(text) || !text.isWellFormed()) return undefined;
  const address = URL.parse(text, BASE);
  if (address === null || address.origin !== BASE || address.pathname.startsWith('//')) return undefined;
  if (/^\/(connexion|deconnexion)(\/|$)/u.test(address.pathname)) return undefined;
  return address.pathname + address.search + address.hash;
}

/** An address of the sign-in pages that remembers where to go afterwards. */
export function withReturn(path: string, returnTo: string | undefined): string {
  return returnTo === undefined ? path : `${path}?${new URLSearchParams({ retour: returnTo })}`;
}
