/** What a frame of the app may ask the page for. Everything else is refused by name, never passed over. */
import type { Person } from '../session/session';
import type { Flag } from '../shell/flags';
import { colorMode, onColorMode } from '../shell/theme';
import { post } from '../site/http';
import { egressDelete, egressGet, egressSet, type WantedEgress } from './egress-permissions';
import { emit, listen } from './frame-events';
import { navigate, urlOf } from './navigation';

export interface FrameEnvironment {
  module: string;
  issue: string | undefined;
  person: Person;
  context: Record<string, unknown>;
  flags: { show: (flag: Flag) => void; close: (id: string) => boolean };
  /** Undefined: this view cannot be closed. */
  close: ((payload: unknown) => void) | undefined;
  refresh: () => void;
  setHeight: (height: number) => void;
  openModal: (modal: FrameModal) => void;
  confirmEgress: (wanted: WantedEgress[]) => Promise<boolean>;
  onUnmount: (undo: () => void) => void;
}

export interface FrameModal {
  resource: string | null;
  title: string;
  size: string;
  context: Record<string, unknown>;
  closeOnEscape: boolean;
  closeOnOverlayClick: boolean;
  onClose: (payload: unknown) => void;
}

interface ProductRequest {
  product: string;
  restPath: string;
  fetchRequestInit?: { method?: string; body?: string };
  isMultipartFormData?: boolean;
}

type Command = (data: never) => unknown;

const unlimited = { calls: 500, ms: 25_000 };

export function frameCommands(env: FrameEnvironment): (command: string, data: unknown) => unknown {
  const invokes: number[] = [];
  const theme = () => ({
    colorMode: colorMode(),
    light: 'light',
    dark: 'dark',
    spacing: 'spacing',
    typography: 'typography',
    shape: 'shape',
    motion: 'motion',
  });
  const listener = ({ event, callback }: { event: string; callback: (payload: unknown) => unknown }) => {
    const unsubscribe = listen(event, callback);
    env.onUnmount(unsubscribe);
    return { unsubscribe };
  };

  const commands: Record<string, Command> = {
    getContext: () => ({ ...env.context, theme: theme() }),
    invoke: async (data: { functionKey: string; payload?: unknown; invokeType?: string }) => {
      if (data.invokeType !== undefined) throw new Error(`The sandbox does not model ${data.invokeType}`);
      const now = performance.now();
      while (invokes[0] !== undefined && now - invokes[0] > unlimited.ms) invokes.shift();
      if (invokes.push(now) > unlimited.calls) throw new Error('Resolver calls are rate limited at 500req/25s');
      const answer = await post<{ ok: boolean; result?: unknown; error?: string }>('/sandbox/frame-invoke', {
        module: env.module,
        ...(env.issue === undefined ? {} : { issue: env.issue }),
        function: data.functionKey,
        payload: data.payload ?? {},
      });
      if (!answer.ok) throw new Error(answer.error);
      return answer.result;
    },
    fetchProduct: async (data: ProductRequest) => {
      if (data.product !== 'jira') throw new Error(`The sandbox does not model requests to ${data.product}`);
      if (data.isMultipartFormData) throw new Error('The sandbox does not model attachments of requestJira');
      const { method, body } = data.fetchRequestInit ?? {};
      return post('/sandbox/frame-product', { path: data.restPath, method: method ?? 'GET', body });
    },
    enableTheming: ({ onChange }: { onChange: (theme: unknown) => void }) => {
      env.onUnmount(onColorMode(() => onChange(theme())));
      return theme();
    },
    showFlag: (flag: Flag) => env.flags.show(flag),
    closeFlag: ({ id }: { id: string }) => env.flags.close(id),
    openModal: (modal: FrameModal) => env.openModal(modal),
    close: (payload: unknown) => {
      if (!env.close) return false;
      env.close(payload);
      return true;
    },
    submit: (payload: unknown) => {
      if (!env.close) return false;
      env.close(payload);
      return true;
    },
    open: () => true,
    onClose: (callback: () => void) => {
      if (!env.close) return false;
      env.onUnmount(() => void callback());
      return true;
    },
    refresh: () => env.refresh(),
    refreshIssueView: () => env.refresh(),
    navigate: (place: object) => navigate(place),
    getUrl: (place: object) => urlOf(place),
    reload: () => location.reload(),
    on: listener,
    onPublic: listener,
    emit: ({ event, payload }: { event: string; payload: unknown }) => emit(event, payload),
    emitPublic: ({ event, payload }: { event: string; payload: unknown }) => emit(event, payload),
    emitReadyEvent: () => true,
    resize: ({ height }: { height: number }) => env.setHeight(height),
    changeWindowTitle: (title: unknown) => {
      document.title = `${typeof title === 'string' ? title : String((title as { title?: unknown }).title ?? '')} · Sandbox`;
    },
    getFrameId: () => `${env.module}-${env.issue ?? 'site'}`,
    __permission__egressGet: (payload: { keys?: string[] } | undefined) => egressGet(payload),
    __permission__egressSet: (payload: { egresses: WantedEgress[] }) =>
      egressSet({ person: env.person, confirm: env.confirmEgress }, payload),
    __permission__egressDeleteDomain: (payload: { key: string; domain: string }) =>
      egressDelete({ person: env.person, confirm: env.confirmEgress }, payload),
    __permission__egressDeleteGroup: (payload: { key: string }) =>
      egressDelete({ person: env.person, confirm: env.confirmEgress }, payload),
    __violation: (violation: unknown) => {
      // The frame's document says so itself on the console; here it is said on the page too.
      document.documentElement.dataset['frameViolation'] = JSON.stringify(violation);
    },
  };

  return (command, data) => {
    if (!Object.hasOwn(commands, command)) throw new Error(`The sandbox does not model the bridge command ${command}`);
    return (commands[command] as (data: unknown) => unknown)(data);
  };
}
