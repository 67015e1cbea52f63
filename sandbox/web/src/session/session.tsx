/** Who sits here. Signing in is choosing a person; the cookie is the server's business. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { call, get, post } from '../site/http';
import { showZone } from '../site/instants';

export interface Person {
  key: string;
  email: string;
  accountId: string;
  displayName: string;
  licensed: boolean;
  roles: string[];
  title: string;
  timeZone: string;
}

interface SessionAnswer {
  person: Person | null;
  people: Person[];
  framesOrigin: string;
  project: { key: string; name: string };
  targets: string[];
}

export interface Session extends Omit<SessionAnswer, 'person'> {
  person: Person | undefined;
  signIn: (email: string) => Promise<void>;
  signOut: () => Promise<void>;
}

const Context = createContext<Session | undefined>(undefined);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [answer, setAnswer] = useState<SessionAnswer>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    get<SessionAnswer>('/sandbox/session').then(setAnswer, (error: Error) => setFailure(error.message));
  }, []);
  const signIn = useCallback(
    async (email: string) => setAnswer(await post<SessionAnswer>('/sandbox/session', { as: email })),
    [],
  );
  const signOut = useCallback(async () => setAnswer(await call<SessionAnswer>('DELETE', '/sandbox/session')), []);
  // Before anything below is drawn: every instant is shown in this person's zone.
  showZone(answer?.person?.timeZone);
  const session = useMemo(
    () => answer && { ...answer, person: answer.person ?? undefined, signIn, signOut },
    [answer, signIn, signOut],
  );
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  return session ? <Context.Provider value={session}>{children}</Context.Provider> : null;
}

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('there is no session here');
  return session;
}
