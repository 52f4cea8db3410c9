/** What a program sends to an act: JSON, or a form with a file; both become what the page's own form would have sent. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { apiProblem } from './api-answers.ts';
import { readFormInput, type FormInput } from './platform/web/form.ts';
import { pointerTo, type FieldProblem } from './platform/web/problem.ts';
import { readSpooledForm } from './platform/web/spooled-form.ts';
import { readBody } from './request.ts';

export interface ReadInput {
  readonly input: FormInput;
  /** What an idempotency key is tied to. */
  digest(): Promise<Buffer>;
  /** Forgets what was laid on the disk. */
  close(): Promise<void>;
}

type Read = ({ readonly ok: true } & ReadInput) | { readonly ok: false; readonly problem: Response };

type Sent = Readonly<Record<string, unknown>>;

export interface Reading {
  /** Its files may be larger than the memory. */
  readonly isLarge: boolean;
  readonly reshape: ((sent: Sent) => Sent) | undefined;
}

export async function readJsonInput(context: Context, action: string, reading: Reading): Promise<Read> {
  const type = context.req.header('content-type') ?? '';
  if (/^multipart\/form-data\b/iu.test(type)) return readFiles(context, action, reading);
  const body = await readJsonBody(context);
  if (!body.ok) return body;
  const fields: Record<string, string | string[]> = Object.create(null);
  const wrong: FieldProblem[] = [];
  for (const [name, value] of Object.entries(reading.reshape?.(body.value) ?? body.value)) {
    const texts = textsFrom(value);
    if (texts === undefined) wrong.push({ pointer: pointerTo(name), detail: typeof value });
    else if (texts.length > 0 && !name.startsWith('_')) fields[name] = Array.isArray(value) ? texts : (texts[0] ?? '');
  }
  if (wrong.length > 0) return { ok: false, problem: apiProblem(context, 'bad-json', { errors: wrong }) };
  const { raw } = body;
  return {
    ok: true,
    input: { ...readFormInput(fields), action, key: undefined },
    digest: async () => createHash('sha256').update(raw).digest(),
    close: () => Promise.resolve(),
  };
}

/** An object of JSON, whatever it holds. */
export async function readJsonBody(
  context: Context,
): Promise<
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>>; readonly raw: Buffer }
  | { readonly ok: false; readonly problem: Response }
> {
  const type = context.req.header('content-type') ?? '';
  const raw = Buffer.from(await context.req.arrayBuffer());
  if (raw.length > 0 && !/^application\/(?:[\w.]+\+)?json\b/iu.test(type))
    return { ok: false, problem: apiProblem(context, 'wrong-type') };
  try {
    const value: unknown = raw.length === 0 ? {} : JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { ok: true, value: value as Record<string, unknown>, raw };
  } catch {
    // Told below, as for JSON that is no object.
  }
  return { ok: false, problem: apiProblem(context, 'bad-json') };
}

async function readFiles(context: Context, action: string, { isLarge }: Reading): Promise<Read> {
  const spooled = isLarge ? await readSpooledForm(context.req.raw) : undefined;
  const input = readFormInput(spooled?.body ?? (await readBody(context)));
  return {
    ok: true,
    input: { ...input, action, key: undefined },
    digest: () => digestOfForm(input),
    close: async () => spooled?.close(),
  };
}

/** The boundary between the parts differs each time; what they hold does not. */
async function digestOfForm({ values, fileLists }: FormInput): Promise<Buffer> {
  const digest = createHash('sha256').update(JSON.stringify(Object.entries(values).toSorted()));
  for (const [name, files] of Object.entries(fileLists).toSorted())
    for (const file of files) {
      digest.update(JSON.stringify([name, file.name, file.type, file.size]));
      for await (const chunk of file.stream()) digest.update(chunk);
    }
  return digest.digest();
}

/** As a form would send it: no box ticked is no field. */
function textsFrom(value: unknown): string[] | undefined {
  if (value === null || value === false) return [];
  if (value === true) return ['yes'];
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string' || typeof item === 'number'))
    return undefined;
  return value.map(String);
}
