/** What the host and a function process say to each other. One invocation at a time per process. */
import type { PlatformCall } from '../platform-call';
import type { FunctionContext, InvocationMeta, Outcome } from './invoker';

export interface WorkMessage {
  handler: string;
  payload: unknown;
  context: FunctionContext;
  meta: InvocationMeta;
  timeLimitMs: number;
  /** The sandbox's time at the start; it stands still in a world whose clock is moved by hand. */
  now: number;
  manual: boolean;
}

export interface AnswerHead {
  status: number;
  headers: Array<[string, string]>;
  url?: string;
  redirected?: boolean;
  body: { text: string } | 'stream' | 'none';
}

export type ToProcess =
  | { type: 'run'; run: number; work: WorkMessage }
  | { type: 'answer'; id: number; answer: AnswerHead }
  | { type: 'failed'; id: number; code?: string; message: string }
  | { type: 'chunk'; id: number; data?: Uint8Array; error?: { code?: string; message: string } };

export type FromProcess =
  | { type: 'call'; id: number; run: number; call: PlatformCall }
  /** The caller has lost interest. */
  | { type: 'abort'; id: number }
  /** The reader of a streamed body wants more. */
  | { type: 'pull'; id: number }
  | { type: 'cancel'; id: number }
  | { type: 'done'; run: number; outcome: Outcome };
