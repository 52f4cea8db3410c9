/** Runs what a script does: an OperatorError is one sentence and code 1, anything else a stack and code 1. */
import { isOperatorError } from '../src/lib/operator-error.ts';

export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(isOperatorError(error) ? error.message : error);
    process.exitCode = 1;
  }
}
