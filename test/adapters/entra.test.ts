import { entraHarness, readsOnly } from './entra-harness';
import { targetContract } from './target-contract';

targetContract('Microsoft Entra ID', () => entraHarness(), {
  nesting: 'any-depth',
  checks: ['rights', 'find-people', 'look-ups-honoured', 'read-groups'],
  reads: readsOnly,
  accountPath: /^\/v1\.0\/users\/[0-9a-f-]{36}(\?.*)?$/,
  missing: 'group:00000000-0000-4000-8000-000000000000',
});
