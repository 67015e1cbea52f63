import { behindFront } from './behind-front';
import { withInstalled } from './installed';
import { realTarget } from './real-target';
import { Samba } from './servers/samba';

withInstalled('Samba Active Directory', Samba.missing(), () => {
  realTarget('Samba Active Directory behind a SCIM front', async () =>
    behindFront(await Samba.start(), 'ad.acme.test'),
  );
});
