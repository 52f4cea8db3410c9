/** Work whose own answer decides: what is not `done` or `shown` leaves no trace in the database. */
class Undone<Outcome> extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super('undone');
    this.outcome = outcome;
  }
}

/** Runs `work` inside the transaction that `transact` opens; rolls back and still returns the outcome unless it is `done` or `shown`. */
export async function undoing<Tx, Outcome extends { readonly kind: string }>(
  work: (tx: Tx) => Promise<Outcome>,
  transact: (work: (tx: Tx) => Promise<Outcome>) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await transact(async (tx) => {
      const outcome = await work(tx);
      if (outcome.kind !== 'done' && outcome.kind !== 'shown') throw new Undone(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome as Outcome;
    throw error;
  }
}
