/**
 * How the two halves of the bridge talk: one message per call, one per answer. Functions travel as ids and are called
 * back on the side that holds them.
 */

export interface Port {
  post(message: unknown): void;
}

export type Handler = (command: string, data: unknown) => unknown;

interface CallMessage {
  bridge: 'call';
  id: number;
  command: string;
  data: unknown;
}
interface ApplyMessage {
  bridge: 'apply';
  id: number;
  fn: number;
  args: unknown[];
}
interface AnswerMessage {
  bridge: 'answer';
  id: number;
  value?: unknown;
  error?: { name: string; message: string };
}
export type Message = CallMessage | ApplyMessage | AnswerMessage;

const FUNCTION = '__bridge_function__';

export interface Peer {
  call(command: string, data: unknown): Promise<unknown>;
  receive(message: Message): void;
}

export const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && typeof (value as { bridge?: unknown }).bridge === 'string';

export function createPeer(port: Port, handle: Handler): Peer {
  const held: Array<(...args: unknown[]) => unknown> = [];
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;

  const encode = (value: unknown): unknown => {
    if (typeof value === 'function') return { [FUNCTION]: held.push(value as (...args: unknown[]) => unknown) - 1 };
    if (Array.isArray(value)) return value.map(encode);
    return isPlain(value) ? mapValues(value, encode) : value;
  };
  const decode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (!isPlain(value)) return value;
    const fn = value[FUNCTION];
    if (typeof fn === 'number')
      return (...args: unknown[]) => ask((id) => ({ bridge: 'apply', id, fn, args: args.map(encode) }));
    return mapValues(value, decode);
  };
  const ask = (message: (id: number) => Message): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      port.post(message(id));
    });
  const answer = async (id: number, work: () => unknown): Promise<void> => {
    try {
      port.post({ bridge: 'answer', id, value: encode(await work()) } satisfies AnswerMessage);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      port.post({ bridge: 'answer', id, error: { name, message } } satisfies AnswerMessage);
    }
  };

  return {
    call: (command, data) => ask((id) => ({ bridge: 'call', id, command, data: encode(data) })),
    receive: (message) => {
      switch (message.bridge) {
        case 'call':
          return void answer(message.id, () => handle(message.command, decode(message.data)));
        case 'apply':
          return void answer(message.id, () => held[message.fn]?.(...message.args.map(decode)));
        case 'answer': {
          const asked = waiting.get(message.id);
          waiting.delete(message.id);
          if (!asked) return;
          if (message.error)
            asked.reject(Object.assign(new Error(message.error.message), { name: message.error.name }));
          else asked.resolve(decode(message.value));
        }
      }
    },
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const mapValues = (value: Record<string, unknown>, change: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
