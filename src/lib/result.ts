/**
 * The answer of an act that may be refused for an expected reason.
 *
 * Three kinds of errors live in this house: bad input (a schema's result, told beside the field),
 * an expected refusal (this type: a reason from a small union, matched exhaustively and translated),
 * and a bug or an outage (thrown). A `Result` never carries an exception.
 */
export type Result<Value, Reason extends string> = Done<Value> | Refused<Reason>;

export interface Done<Value> {
  readonly ok: true;
  readonly value: Value;
}

/** `facts` are the figures a sentence needs to explain the refusal, already plain values. */
export interface Refused<Reason extends string> {
  readonly ok: false;
  readonly reason: Reason;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export function done<Value>(value: Value): Done<Value> {
  return { ok: true, value };
}

export function refused<Reason extends string>(
  reason: Reason,
  facts?: Readonly<Record<string, string | number>>,
): Refused<Reason> {
  return facts === undefined ? { ok: false, reason } : { ok: false, reason, facts };
}
