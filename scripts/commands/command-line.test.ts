import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { HELP, USAGE } from './help.ts';
import { runScripted } from './scripted-terminal.ts';
import { printable } from './terminal.ts';

test('help is given for the whole and for each command', async () => {
  for (const words of [[], ['--help'], ['-h'], ['help']]) {
    assert.deepEqual(await runScripted(words), { code: 0, output: USAGE, said: '' });
  }
  for (const [name, text] of Object.entries(HELP)) {
    assert.equal((await runScripted([...name.split(' '), '--help'])).output, text);
    assert.ok((await runScripted(['help', ...name.split(' ')])).output.includes(text));
  }
  assert.match((await runScripted(['key', '--help'])).output, /^bin\/terreau key create FILE/);
});

test('what is not a command, an option or a file is refused with a sentence', async () => {
  const refused = async (...args: string[]) => {
    const { code, output, said } = await runScripted(args);
    assert.deepEqual([code, output], [2, ''], args.join(' '));
    assert.doesNotMatch(said, /\bat .*:\d+:\d+/, 'no stack trace');
    return said;
  };
  assert.match(await refused('plant'), /There is no command “plant”/);
  assert.match(await refused('territory'), /There is no command “territory”/);
  assert.match(await refused('flow'), /Name one file, or - for the standard input/);
  assert.match(await refused('flow', 'a', 'b'), /“b” is one file too many/);
  assert.match(await refused('flow', '--fast', 'a'), /^Unknown option '--fast'\. bin\/terreau flow --help says how\.$/);
  assert.match(await refused('plan', 'a', 'b', '--out'), /argument missing/);
  assert.match(await refused('flow', 'no/such/file'), /^no\/such\/file: there is no such file or folder\.$/);
  assert.match(await refused('check', '.'), /this is a folder/);
  assert.match(await refused('check', 'a\0b'), /not the name of a file/);
});

test('names of others cannot act on the terminal', () => {
  assert.equal(printable('\u001b[31mred\u202e\n\u0007name\ud800'), '[31mred name\ufffd');
  assert.equal(printable('é'.repeat(100), 10), `${'é'.repeat(9)}…`);
});

test('the program itself hands over words, codes and streams', async () => {
  const run = promisify(execFile);
  const program = new URL('../../bin/terreau', import.meta.url).pathname;
  const { stdout } = await run(process.execPath, [program, '--help']);
  assert.equal(stdout, USAGE);
  await assert.rejects(run(process.execPath, [program, 'check', 'nowhere']), {
    code: 2,
    stderr: 'nowhere: there is no such file or folder.\n',
  });
});
