import type { RequestView } from '../../../../src/contract/request-view';

/** Nothing of the request can be read: people attest it. */
export function isAttestedOnly(request: RequestView): boolean {
  return request.items.length > 0 && request.items.every((item) => item.entitlement.attested === true);
}

/** Two people's word is in force. */
export function isAttestedNow(request: RequestView): boolean {
  return request.exception?.kind === 'manual-attestation' && !request.exception.ended;
}
