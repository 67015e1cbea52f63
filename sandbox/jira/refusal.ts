/** A request the site refuses; the router renders it in the format of the API family that was called. */
export class Refusal extends Error {
  readonly status: number;
  readonly messages: readonly string[];
  readonly fieldErrors: Readonly<Record<string, string>>;

  constructor(status: number, messages: readonly string[], fieldErrors: Readonly<Record<string, string>> = {}) {
    super([...messages, ...Object.values(fieldErrors)].join(' ') || `status ${status}`);
    this.status = status;
    this.messages = messages;
    this.fieldErrors = fieldErrors;
  }
}

export const refuse = (status: number, message: string): Refusal => new Refusal(status, [message]);

/** Jira hides what it does not let someone see: missing and forbidden look the same. */
export const issueNotVisible = (): Refusal =>
  refuse(404, 'Issue does not exist or you do not have permission to see it.');
