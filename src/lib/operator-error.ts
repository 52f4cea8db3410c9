/**
 * Something that only the person who runs Terreau can mend: a busy port, a folder that cannot be
 * written, a wrong address. The message is the whole answer, one sentence for a terminal: commands
 * print it without a stack and end with code 1.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** By name, because the built server carries a copy of the class beside the one that the scripts know. */
export function isOperatorError(error: unknown): error is OperatorError {
  return error instanceof Error && error.name === 'OperatorError';
}
