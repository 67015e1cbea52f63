/** A request that the storage refuses, with the code that the app sees in `ForgeKvsAPIError.code`. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const badRequest = (message: string): Refusal => new Refusal(400, 'INVALID_REQUEST', message);
