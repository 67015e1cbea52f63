import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { answered } from '../src/adapters/targets/http/answer';
import { BudgetedHttp, type Budget } from '../src/adapters/targets/http/budgeted-http';
import { SignedHttp } from '../src/adapters/targets/http/signed-http';
import { fixedToken } from '../src/adapters/targets/http/sign-in/sign-in';
import { SystemTarget } from '../src/adapters/targets/reading/system-target';
import { ScimSystem, scimAccept } from '../src/adapters/targets/scim/scim-system';
import { relayResult, type RelayJobs, type RelayMessage } from '../src/contract/relay-message';

type Result = RelayMessage['answers'][number]['result'];
export type Job = RelayJobs['jobs'][number];

/** A SCIM 2.0 service that the relay reaches and the app does not. */
export interface LocalTarget {
  /** Without a slash at its end. Plain HTTP is for the relay's own machine. */
  readonly baseUrl: string;
  readonly token: string;
}

/** One job may take so long and so much: the app waits no longer anyhow. */
const ofAJob: Budget = { timeMs: 8_000, bytes: 4 * 1024 * 1024, calls: 40 };
/** The app keeps no answer that is larger. */
const mostBytes = 190 * 1024;

/**
 * Reads what a job asks for, with the very code that reads SCIM in the app: the same care about pages, filters and
 * silence. Never throws; what cannot be read is a failure by its class.
 */
export async function readFor(job: Job, target: LocalTarget, budget: Budget = ofAJob): Promise<Result> {
  try {
    const result = v.parse(relayResult, JSON.parse(JSON.stringify(await read(job.ask, open(target, budget)))));
    return Buffer.byteLength(JSON.stringify(result), 'utf8') > mostBytes ? { failure: 'too-large' } : result;
  } catch {
    return { failure: 'malformed' };
  }
}

function open({ baseUrl, token }: LocalTarget, budget: Budget): SystemTarget {
  const http = new BudgetedHttp(budget, fetch);
  const connect = (as: 'reader' | 'writer' | 'stranger') => {
    const secret = as === 'reader' ? token : randomBytes(24).toString('base64url');
    return Promise.resolve(
      answered(new ScimSystem(new SignedHttp(baseUrl, http, fixedToken('Bearer', secret), scimAccept))),
    );
  };
  return new SystemTarget(connect, { kind: 'scim', write: false }, () => new Date().toISOString());
}

async function read(ask: Job['ask'], target: SystemTarget): Promise<unknown> {
  switch (ask.ask) {
    case 'login':
      return { lookup: await target.identityByLogin(ask.login) };
    case 'id':
      return { lookup: await target.identityById(ask.id) };
    case 'account-id':
      return { lookup: await target.identityByAccountId(ask.accountId) };
    case 'observe': {
      const { at: _theAppsClockCounts, ...observation } = await target.observe(ask.expectation);
      return { observation };
    }
    case 'entitlements':
      return target.entitlements(ask.limit);
    case 'probe':
      return { steps: await target.probe() };
  }
}
