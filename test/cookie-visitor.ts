/** Somebody with a browser but no screen: keeps cookies, follows what pages answer, posts forms as a browser would. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Where the answer sends the visitor on, as a path. */
  readonly location: string | undefined;
}

export interface CookieVisitor {
  get(path: string): Promise<Answer>;
  /** Posts fields to an address from a page of the same site, and does not follow the answer. */
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Answer>;
  readonly cookies: ReadonlyMap<string, string>;
}

export function newVisitor(
  baseUrl: string,
  { language = 'fr', origin = baseUrl }: { language?: string; origin?: string } = {},
): CookieVisitor {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = {
      cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
      'accept-language': language,
      ...init.headers,
    };
    const response = await fetch(new URL(path, baseUrl), { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie);
    const location = response.headers.get('location');
    return {
      status: response.status,
      text: await response.text(),
      headers: response.headers,
      location: location === null ? undefined : location.replace(baseUrl, ''),
    };
  };
  return {
    cookies,
    get: (path) => ask(path, {}),
    post: (path, fields = {}) =>
      ask(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      }),
  };
}

/** The text of a page without its markup, for what somebody would read. */
export function readText(html: string): string {
  const body = html.replace(/^[\s\S]*<main/u, '<main').replaceAll(/<(script|style)[\s\S]*?<\/\1>/gu, '');
  return body
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll(/\s+/gu, ' ');
}

function keep(cookies: Map<string, string>, cookie: string): void {
  const [pair = '', ...attributes] = cookie.split('; ');
  const [name = '', value = ''] = pair.split(/=(.*)/su);
  if (attributes.includes('Max-Age=0')) cookies.delete(name);
  else cookies.set(name, value);
}
