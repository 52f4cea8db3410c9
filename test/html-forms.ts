/** Reads the forms of a page as a browser would, without one: what would be sent if nothing were touched. */

export interface HtmlField {
  readonly name: string;
  /** `text` for what somebody types in one line or many, of whatever kind; `choice` for boxes and lists. */
  readonly kind: 'hidden' | 'text' | 'choice' | 'file' | 'button';
  readonly isRequired: boolean;
  /** What it sends when left alone; undefined for a box that is not ticked, and for a button. */
  readonly sends: string | undefined;
  /** The values of a list or of a box. */
  readonly options: readonly string[];
}

export interface HtmlForm {
  readonly action: string;
  readonly isFile: boolean;
  readonly fields: readonly HtmlField[];
}

/** The forms of a page that post; the theme's and the sign-out's, which stand on every page, are left out. */
export function postFormsOf(html: string, address: string): HtmlForm[] {
  const found = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gu)];
  return found
    .map(([, head = '', body = '']) => ({
      isPost: /method="post"/u.test(head),
      action: attribute(head, 'action') ?? address,
      isFile: head.includes('multipart/form-data'),
      fields: fieldsIn(body),
    }))
    .filter(
      ({ isPost, action }) =>
        isPost && action !== '/apparence' && !(action === '/deconnexion' && address !== '/deconnexion'),
    );
}

/** The names of parameters that the page's own links and filters use. */
export function queryNamesOf(html: string): string[] {
  const inLinks = [...html.matchAll(/href="[^"]*?\?([^"#]*)"/gu)].flatMap(([, query = '']) => [
    ...new URLSearchParams(decodeEntities(query)).keys(),
  ]);
  const inFilters = [...html.matchAll(/<form\b(?![^>]*method="post")[^>]*>([\s\S]*?)<\/form>/gu)].flatMap(
    ([, body = '']) => fieldsIn(body).map(({ name }) => name),
  );
  return [...new Set([...inLinks, ...inFilters])].filter((name) => name !== '');
}

/** What a browser sends when the button is pressed at once. */
export function untouched(form: HtmlForm): [string, string][] {
  const buttons = form.fields.filter(({ kind, name }) => kind === 'button' && name !== '').slice(0, 1);
  const others = form.fields.filter(({ kind, sends }) => kind !== 'button' && kind !== 'file' && sends !== undefined);
  return [
    ...others.map(({ name, sends }): [string, string] => [name, sends ?? '']),
    ...buttons.map(({ name, options }): [string, string] => [name, options[0] ?? '']),
  ];
}

/** As somebody would fill it who writes something plausible in every field that must be filled. */
export function filledIn(form: HtmlForm): [string, string][] {
  const values = new Map<string, string[]>();
  for (const [name, value] of untouched(form)) values.set(name, [...(values.get(name) ?? []), value]);
  for (const { name, kind, isRequired, options } of form.fields) {
    const isBlank = (values.get(name) ?? ['']).every((value) => value === '');
    if (!isBlank || (!isRequired && kind !== 'choice')) continue;
    if (kind === 'text') values.set(name, [plausible(name)]);
    if (kind === 'choice') values.set(name, options.filter((option) => option !== '').slice(0, 1));
  }
  return [...values].flatMap(([name, list]) => list.map((value): [string, string] => [name, value]));
}

function plausible(name: string): string {
  const inTwoWeeks = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 14 });
  if (/email/u.test(name)) return 'quelquun@exemple.fr';
  if (/day|On$|By$|date/iu.test(name)) return inTwoWeeks.toString();
  if (/time/u.test(name)) return '10 h';
  if (/duration|giver|receiver/u.test(name)) return '3 h 30';
  if (/quantity|capacity|units/u.test(name)) return '1';
  return 'Un texte tout à fait plausible';
}

export function decodeEntities(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function fieldsIn(body: string): HtmlField[] {
  const tags = [...body.matchAll(/<(input|textarea|select|button)\b((?:[^>"]|"[^"]*")*)>(?:([\s\S]*?)<\/\1>)?/gu)];
  return tags.flatMap(([, tag = '', head = '', inner = '']) => {
    const name = attribute(head, 'name') ?? '';
    return name === ''
      ? []
      : [
          {
            name,
            isRequired: /\brequired\b/u.test(head),
            ...(tag === 'input' ? inputOf(head) : otherOf(tag, head, inner)),
          },
        ];
  });
}

type Rest = Omit<HtmlField, 'name' | 'isRequired'>;

function inputOf(head: string): Rest {
  const type = attribute(head, 'type') ?? 'text';
  const value = attribute(head, 'value') ?? '';
  if (type === 'hidden') return { kind: 'hidden', sends: value, options: [] };
  if (type === 'file') return { kind: 'file', sends: undefined, options: [] };
  if (type !== 'checkbox' && type !== 'radio') return { kind: 'text', sends: value, options: [] };
  return { kind: 'choice', sends: /\bchecked\b/u.test(head) ? value || 'on' : undefined, options: [value] };
}

function otherOf(tag: string, head: string, inner: string): Rest {
  if (tag === 'textarea') return { kind: 'text', sends: decodeEntities(inner.replace(/^\n/u, '')), options: [] };
  if (tag === 'button') return { kind: 'button', sends: undefined, options: [attribute(head, 'value') ?? ''] };
  const options = [...inner.matchAll(/<option\b([^>]*)>/gu)].map(([, option = '']) => ({
    value: attribute(option, 'value') ?? '',
    isChosen: /\bselected\b/u.test(option),
  }));
  return {
    kind: 'choice',
    sends: (options.find(({ isChosen }) => isChosen) ?? options[0])?.value,
    options: options.map(({ value }) => value),
  };
}

function attribute(head: string, name: string): string | undefined {
  const [, value] = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'u').exec(head) ?? [];
  return value === undefined ? undefined : decodeEntities(value);
}
