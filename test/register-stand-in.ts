/** A local server that answers as the description of the API Recherche d'entreprises says, and fails when told to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RegisterStandIn {
  readonly url: string;
  /** The questions so far. */
  readonly asked: { readonly q: string | null; readonly userAgent: string | undefined; readonly atMs: number }[];
  /** Answers this once, before anything else; several are answered in turn. */
  next(...answers: ((response: ServerResponse) => void)[]): void;
  close(): Promise<void>;
}

/** Firms by SIREN, as the service writes them. */
export async function startRegister(firms: Readonly<Record<string, object>>): Promise<RegisterStandIn> {
  const asked: RegisterStandIn['asked'] = [];
  const queue: ((response: ServerResponse) => void)[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const q = searchParams.get('q');
    asked.push({ q, userAgent: request.headers['user-agent'], atMs: performance.now() });
    const told = queue.shift();
    if (told !== undefined) return told(response);
    const firm = firms[q ?? ''];
    json(200, {
      results: firm === undefined ? [] : [firm],
      total_results: firm === undefined ? 0 : 1,
      page: 1,
      per_page: 1,
      total_pages: 1,
    })(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    next: (...answers) => void queue.push(...answers),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** A firm as the service writes it; what is not said is plain. */
export function firm(siren: string, given: Readonly<Record<string, unknown>> = {}): object {
  return {
    siren,
    nom_complet: 'mybus (MB)',
    nom_raison_sociale: 'MYBUS',
    activite_principale: '62.01Z',
    section_activite_principale: 'J',
    date_creation: '2014-03-12',
    date_fermeture: null,
    etat_administratif: 'A',
    statut_diffusion: 'O',
    tranche_effectif_salarie: '11',
    siege: {
      siret: '73282932000074',
      adresse: '8 RUE DU PORT 63000 CLERMONT-FERRAND',
      code_postal: '63000',
      commune: '63113',
      libelle_commune: 'CLERMONT-FERRAND',
      latitude: '45.78',
      longitude: '3.08',
    },
    ...given,
  };
}
