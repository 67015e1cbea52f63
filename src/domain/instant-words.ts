import type { Instant } from './instant';

/** An instant for a sentence that everybody reads, whatever their time zone: `2027-01-31 09:00 UTC`. */
export function minuteText(at: Instant): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}
