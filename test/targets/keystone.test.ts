import type { Connector } from '../../src/domain/connector';
import { withInstalled } from './installed';
import { realTarget, type Administrator, type RealServer } from './real-target';
import { accounts, Keystone } from './servers/keystone';

const host = 'keystone.acme.test';
const origin = `https://${host}`;
const setAt = '2026-11-23T09:00:00.000Z';

const connector: Connector = {
  id: 'real',
  name: host,
  kind: 'keystone',
  baseUrl: `${origin}/v3`,
  origin,
  auth: { kind: 'keystone-password', userName: accounts.reader.name, userDomain: 'Default' },
  writeAuth: { kind: 'keystone-password', userName: accounts.writer.name, userDomain: 'Default' },
  directory: false,
  write: true,
  secret: { fingerprint: 'r', setAt, origin },
  writeSecret: { fingerprint: 'w', setAt, origin },
};

async function keystone(administer: (server: Keystone) => Promise<Administrator>): Promise<RealServer> {
  const server = await Keystone.start();
  return {
    connector,
    secrets: { read: accounts.reader.password, write: accounts.writer.password },
    routes: { [host]: server.origin },
    administrator: await administer(server),
    outage: { freeze: () => server.freeze(), end: () => server.end(), recover: () => server.recover() },
    close: () => server.close(),
  };
}

const groups = ({ administrator: { basics } }: Keystone): Administrator => ({
  person: (login) => basics.person(login),
  entitlement: (name) => basics.group(name),
  put: (id, user) => basics.put(id, user),
  take: (id, user) => basics.take(id, user),
  holds: async (id, user) => (await basics.members(id)).includes(user),
});

/** Roles in one project, each of them made for the test. */
async function roles({ administrator: { basics, project, role, change, call } }: Keystone): Promise<Administrator> {
  const projectId = await project('Ledger');
  const grant = (actor: 'users' | 'groups', id: string, actorId: string): string =>
    `/projects/${projectId}/${actor}/${actorId}/roles/${id.split(':')[2]}`;
  return {
    person: (login) => basics.person(login),
    entitlement: async (name) => `project:${projectId}:${await role(name)}`,
    put: (id, user) => (id.startsWith('group:') ? basics.put(id, user) : change('PUT', grant('users', id, user))),
    take: (id, user) => change('DELETE', grant('users', id, user)),
    holds: async (id, user) => {
      const query = `user.id=${user}&scope.project.id=${projectId}&role.id=${id.split(':')[2]}`;
      const { body } = await call('GET', `/role_assignments?${query}`);
      return (body as { role_assignments: unknown[] }).role_assignments.length > 0;
    },
    nesting: {
      inner: (name) => basics.group(name),
      nest: (outer, inner) => change('PUT', grant('groups', outer, inner.replace('group:', ''))),
      unnest: (outer, inner) => change('DELETE', grant('groups', outer, inner.replace('group:', ''))),
    },
  };
}

/** The same roles, one of which brings another along. */
async function impliedRoles(server: Keystone): Promise<Administrator> {
  const { nesting: _throughGroups, ...flat } = await roles(server);
  const { change } = server.administrator;
  const implies = (outer: string, inner: string): string =>
    `/roles/${inner.split(':')[2]}/implies/${outer.split(':')[2]}`;
  return {
    ...flat,
    nesting: {
      nest: (outer, inner) => change('PUT', implies(outer, inner)),
      unnest: (outer, inner) => change('DELETE', implies(outer, inner)),
    },
  };
}

withInstalled('OpenStack Keystone', Keystone.missing(), () => {
  realTarget('OpenStack Keystone with groups', () => keystone((server) => Promise.resolve(groups(server))));
  realTarget('OpenStack Keystone with roles in a project, also through groups', () => keystone(roles));
  realTarget('OpenStack Keystone with roles that imply others', () => keystone(impliedRoles));
});
