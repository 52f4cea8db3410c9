/**
 * The public register of French firms, asked through the « API Recherche d’entreprises ».
 *
 * Must always hold: at most seven questions a second leave this process, and none while the service asks for patience
 * (429 or 503 with Retry-After); an answer is believed only when its SIREN is the one that was asked, because the
 * service drops every other filter without a word when the question is a number; a firm that is not found is not
 * known, never wrong: those who oppose diffusion are absent. Whatever else happens is an outage: it is thrown, with
 * the time to wait when the service told one.
 */
import { z } from 'zod';
import { rateGate, type GateClock } from './rate-gate.ts';

export interface RegisterUnit {
  readonly siren: string;
  readonly legalName: string | null;
  readonly nafCode: string | null;
  readonly nafSection: string | null;
  readonly createdOn: string | null;
  readonly closedOn: string | null;
  readonly isClosed: boolean;
  readonly isDiffusible: boolean;
  /** INSEE's code of a range of staff, such as `11` for 10 to 19. */
  readonly headcountCode: string | null;
  readonly headOffice: {
    readonly siret: string | null;
    readonly address: string | null;
    readonly postalCode: string | null;
    readonly communeCode: string | null;
    readonly commune: string | null;
    readonly latitude: number | null;
    readonly longitude: number | null;
  };
}

export interface CompanyRegister {
  /** The firm of this SIREN; undefined when the register does not show one. Throws a RegisterOutage. */
  find(siren: string): Promise<RegisterUnit | undefined>;
}

export class RegisterOutage extends Error {
  override name = 'RegisterOutage';
  readonly retryAfterMs: number | undefined;
  constructor(message: string, retryAfterMs?: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterMs = retryAfterMs;
  }
}

export interface RegisterOptions {
  /** Origin of the service, such as https://recherche-entreprises.api.gouv.fr. */
  readonly url: string;
  /** Who asks, and where to complain: the service wants it. */
  readonly userAgent: string;
  readonly timeoutMs?: number;
  readonly perSecond?: number;
  readonly clock?: GateClock;
}

const PER_SECOND = 7;
const TIMEOUT_MS = 10_000;
const LONGEST_ANSWER = 1_000_000;
const SHORTEST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 3_600_000;

const processClock: GateClock = {
  now: () => performance.now(),
  wait: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, Math.ceil(milliseconds))),
};

export function companyRegister(options: RegisterOptions): CompanyRegister {
  const { timeoutMs = TIMEOUT_MS, perSecond = PER_SECOND, clock = processClock } = options;
  const gate = rateGate(perSecond, clock);
  return {
    async find(siren) {
      await gate.pass();
      const address = new URL('/search', options.url);
      address.search = new URLSearchParams({ q: siren, page: '1', per_page: '1' }).toString();
      const response = await ask(address, options.userAgent, timeoutMs);
      if (response.status === 429 || response.status === 503) {
        const retryAfterMs = retryAfterOf(response.headers.get('retry-after'));
        gate.pause(retryAfterMs);
        throw new RegisterOutage(`The register asks for patience (${response.status})`, retryAfterMs);
      }
      if (!response.ok) throw new RegisterOutage(`The register answered ${response.status}`);
      return unitIn(response.text, siren);
    },
  };
}

async function ask(address: URL, userAgent: string, timeoutMs: number) {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json', 'user-agent': userAgent },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (text.length > LONGEST_ANSWER) throw new Error('too long an answer');
    return { status: response.status, ok: response.ok, headers: response.headers, text };
  } catch (error) {
    throw new RegisterOutage('The register does not answer', undefined, { cause: error });
  }
}

/** Seconds, or a date; between a second and an hour. */
function retryAfterOf(header: string | null): number {
  const seconds = Number(header ?? '');
  const asked = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header ?? '') - Date.now();
  return Math.min(Math.max(Number.isFinite(asked) ? asked : 0, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
}

const said = z.string().nullish();
const answerSchema = z.object({
  results: z.array(
    z.object({
      siren: z.string(),
      nom_complet: said,
      nom_raison_sociale: said,
      activite_principale: said,
      section_activite_principale: said,
      date_creation: said,
      date_fermeture: said,
      etat_administratif: said,
      statut_diffusion: said,
      tranche_effectif_salarie: said,
      siege: z
        .object({
          siret: said,
          adresse: said,
          code_postal: said,
          commune: said,
          libelle_commune: said,
          latitude: said,
          longitude: said,
        })
        .nullish(),
    }),
  ),
});

function unitIn(text: string, siren: string): RegisterUnit | undefined {
  const parsed = answerSchema.safeParse(jsonIn(text));
  if (!parsed.success) throw new RegisterOutage('The register answered in another form than it says');
  const unit = parsed.data.results.find((result) => result.siren === siren);
  if (unit === undefined) return undefined;
  const { siege } = unit;
  return {
    siren,
    legalName: known(unit.nom_raison_sociale) ?? known(unit.nom_complet),
    nafCode: matching(unit.activite_principale, /^\d{2}\.\d{2}[A-Z]$/u),
    nafSection: matching(unit.section_activite_principale, /^[A-U]$/u),
    createdOn: matching(unit.date_creation, /^\d{4}-\d{2}-\d{2}$/u),
    closedOn: matching(unit.date_fermeture, /^\d{4}-\d{2}-\d{2}$/u),
    isClosed: unit.etat_administratif === 'C',
    isDiffusible:
      unit.statut_diffusion === undefined || unit.statut_diffusion === null || unit.statut_diffusion === 'O',
    headcountCode: known(unit.tranche_effectif_salarie),
    headOffice: {
      siret: matching(siege?.siret, /^\d{14}$/u),
      address: known(siege?.adresse)?.slice(0, 300) ?? null,
      postalCode: matching(siege?.code_postal, /^\d{5}$/u),
      communeCode: matching(siege?.commune, /^[0-9AB]{5}$/u),
      commune: known(siege?.libelle_commune),
      ...placeOf(siege?.latitude, siege?.longitude),
    },
  };
}

/** Both or neither. */
function placeOf(latitude: string | null | undefined, longitude: string | null | undefined) {
  const [north, east] = [Number(known(latitude) ?? Number.NaN), Number(known(longitude) ?? Number.NaN)];
  const isPlace = Math.abs(north) <= 90 && Math.abs(east) <= 180;
  return isPlace ? { latitude: north, longitude: east } : { latitude: null, longitude: null };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The register writes `[ND]` for what it may not tell. */
function known(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || trimmed.includes('[ND]') ? null : trimmed;
}

function matching(text: string | null | undefined, form: RegExp): string | null {
  const found = known(text);
  return found !== null && form.test(found) ? found : null;
}
