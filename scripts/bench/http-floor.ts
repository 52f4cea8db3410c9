/** The floor of the HTTP bench: bare `node:http` and one prepared statement for each question, as the tables' owner. */
import http from 'node:http';
import pg from 'pg';
import { randomUUID } from 'node:crypto';

const [url = '', territory = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 10 });
pool.on('error', () => {});
pg.types.setTypeParser(pg.types.builtins.DATE, String);

const ROW = 'id, slug, name, summary_fr, summary_en, commune, founded_on';
const STATEMENTS = {
  list: `select ${ROW} from organisations o where territory_id = $1 and exists (select from organisation_themes t
    where t.territory_id = $1 and t.organisation_id = o.id and t.theme_code = $2) order by name, id limit 50`,
  search: `select ${ROW} from organisations where territory_id = $1 and search_text @@ websearch_to_tsquery('french_folded', $2)
    order by name, id limit 50`,
  facets: `select part, count(*)::integer as count from organisation_parts where territory_id = $1 and part <> $2 group by part`,
  one: `select ${ROW}, siren, naf_section, employees, website, version from organisations where territory_id = $1 and id = $2`,
  add: `insert into organisations (territory_id, id, slug, name, created_at, updated_at)
    values ($1, $2::uuid, $3, $4, now(), now()) returning id`,
};

const ask = (name: keyof typeof STATEMENTS, values: unknown[]) =>
  pool.query({ name, text: STATEMENTS[name], values: [territory, ...values] });

const server = http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://floor');
  const send = (value: unknown, status = 200) => {
    const body = Buffer.from(JSON.stringify(value));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  };
  const fail = (error: unknown) => send({ error: String(error) }, 500);
  const given = searchParams.get('x') ?? '';
  if (request.method === 'POST') {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { name } = JSON.parse(Buffer.concat(chunks).toString()) as { name: string };
      const id = randomUUID();
      ask('add', [id, `f-${id}`, name]).then(({ rows }) => send(rows[0], 201), fail);
    });
    return;
  }
  const name = pathname.slice(1) as keyof typeof STATEMENTS | 'page';
  if (name === 'page') return send('x'.repeat(8000));
  ask(name, [given]).then(({ rows }) => send(rows), fail);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on('disconnect', () => process.exit());
