/** A terminal for tests: what a command reads is given, what it says is kept. */
import { runCommandLine } from './command-line.ts';
import type { Terminal } from './terminal.ts';

export interface Ran {
  readonly code: number;
  /** Standard output. */
  readonly output: string;
  /** Error stream. */
  readonly said: string;
}

export interface Script {
  readonly input?: string | Uint8Array;
  readonly language?: 'fr' | 'en';
  /** Presses Ctrl-C at once where a command listens to it. */
  readonly interrupts?: boolean;
}

/** Runs `bin/terreau` with these words, in this process. */
export async function runScripted(args: readonly string[], script: Script = {}): Promise<Ran> {
  const pieces: string[] = [];
  const lines: string[] = [];
  const { input = '', language = 'en', interrupts = false } = script;
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const terminal: Terminal = {
    input: inPieces(bytes),
    write: async (text) => void pieces.push(text),
    tell: (line) => void lines.push(line),
    showProgress: () => {},
    onInterrupt: (listener) => {
      if (interrupts) listener();
      return () => {};
    },
    language,
    environment: {},
  };
  const code = await runCommandLine(args, terminal);
  return { code, output: pieces.join(''), said: lines.join('\n') };
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
}
