import { AwsV4Signer } from 'aws4fetch';
import type { Instant } from '../../../domain/instant';
import { answered, failed } from '../http/answer';
import type { SignIn } from '../http/sign-in/sign-in';

/** Signature version 4 over each request, with the time that it is given. `region` and the service follow the host. */
export function sigV4(accessKeyId: string, secretAccessKey: string, region: string, now: () => Instant): SignIn {
  return async (_record, { method, url, headers, body }) => {
    try {
      const { hostname } = new URL(url);
      const signer = new AwsV4Signer({
        method,
        url,
        // Only what AWS itself reads: proxies may rewrite the rest on the way.
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-'))),
        ...(body === undefined ? {} : { body }),
        accessKeyId,
        secretAccessKey,
        region,
        service: hostname.startsWith('sso.') ? 'sso' : 'identitystore',
        datetime: `${now().slice(0, 19).replace(/[:-]/g, '')}Z`,
      });
      const signed = await signer.sign();
      const authorization = signed.headers.get('authorization');
      const date = signed.headers.get('x-amz-date');
      return authorization === null || date === null
        ? failed('refused-credentials')
        : answered({ authorization, 'x-amz-date': date });
    } catch {
      return failed('refused-credentials');
    }
  };
}
