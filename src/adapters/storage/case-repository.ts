import type { DiscrepancyRow } from '../../domain/request/lifecycle/commit';
import type { Cases } from '../../usecases/ports';
import { queryRows, type Row } from './entities';

/** Open cases for lists, newest discrepancies first and exceptions by their end. */
export function createCaseRepository(): Cases {
  return {
    async discrepancies(limit) {
      const { rows } = await queryRows<Row & { data: DiscrepancyRow }>('case', 'by-lane', ['discrepancy:open'], {
        limit,
        sort: 'DESC',
      });
      return rows.map(({ value }) => value.data);
    },
    async exceptions(limit) {
      type Open = Awaited<ReturnType<Cases['exceptions']>>[number];
      const { rows } = await queryRows<Row & { data: Open }>('case', 'by-lane', ['exception:open'], { limit });
      return rows.map(({ value }) => value.data).sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
    },
  };
}
