/** A condition that only a bug can break: throws, so that the one boundary logs it. Not for bad input. */
export function assert(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(`This must always hold: ${sentence}`);
}

/** The end of an exhaustive match: a new member of the union stops compiling here. */
export function unreachable(value: never): never {
  throw new Error(`No case was written for ${JSON.stringify(value)}`);
}

/** A value that is there by construction; `what` names it when it is not. */
export function present<Value>(value: Value | null | undefined, what: string): Value {
  assert(value !== null && value !== undefined, `${what} is present`);
  return value;
}
