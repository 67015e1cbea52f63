import type { LeaverName, LeaverProblem } from '../../domain/leaver/leaver-list';
import type { Lookup, Ports, Target } from '../ports';
import type { Identity } from '../../domain/identity/identity';

type Needed = Pick<Ports, 'configuration' | 'targets' | 'log'>;

const budget = { timeMs: 8_000, bytes: 1024 * 1024, calls: 6 };

/** Looks people up in the directories of the governed projects. */
export interface Directories {
  find(who: LeaverName): Promise<{ readonly identityId: string } | { readonly problem: LeaverProblem }>;
}

/**
 * The directories for one run. One that did not answer is not asked again in the same run: the next entries would wait for
 * it just as long. A name counts only when all directories answered and exactly one identity has it.
 */
export function openDirectories(ports: Needed): Directories {
  const silent = new Set<string>();
  let known: Promise<ReadonlyArray<{ readonly id: string; open(): Target }>> | undefined;
  return {
    async find(who) {
      const directories = await (known ??= directoriesOf(ports));
      if (directories.length === 0) return { problem: 'directory-unreadable' };
      const found = new Set<string>();
      const problems = new Set<LeaverProblem>();
      for (const { id, open } of directories) {
        const answer = silent.has(id) ? 'unreadable' : await ask(open(), who);
        if (answer === 'unreadable') {
          silent.add(id);
          problems.add('directory-unreadable');
        } else if (answer === 'no-employee-numbers') problems.add(answer);
        else if (answer.found === 'one') found.add(answer.value.id);
        else if (answer.found === 'many') problems.add('ambiguous');
      }
      const [identityId, ...more] = found;
      if (more.length > 0 || problems.has('ambiguous')) return { problem: 'ambiguous' };
      if (problems.has('directory-unreadable')) return { problem: 'directory-unreadable' };
      if (identityId !== undefined) return { identityId };
      return { problem: problems.has('no-employee-numbers') ? 'no-employee-numbers' : 'not-found' };
    },
  };
}

async function directoriesOf(ports: Needed) {
  const projects = await ports.configuration.list('project');
  const ids = [...new Set(projects.map(({ value }) => value.directoryConnectorId))];
  const connectors = await Promise.all(ids.map((id) => ports.configuration.get('connector', id)));
  return connectors.flatMap((stored) =>
    stored ? [{ id: stored.value.id, open: () => ports.targets.open(stored.value, budget) }] : [],
  );
}

async function ask(
  directory: Target,
  who: LeaverName,
): Promise<Exclude<Lookup<Identity>, { found: 'unreadable' }> | 'unreadable' | 'no-employee-numbers'> {
  const answer = await lookUp(directory, who);
  if (answer === undefined) return 'no-employee-numbers';
  return answer.found === 'unreadable' ? 'unreadable' : answer;
}

function lookUp(directory: Target, { by, value }: LeaverName): Promise<Lookup<Identity> | undefined> {
  switch (by) {
    case 'id':
      return directory.identityById(value);
    case 'login':
      return directory.identityByLogin(value);
    case 'employee-number':
      return directory.identityByEmployeeNumber?.(value) ?? Promise.resolve(undefined);
  }
}
