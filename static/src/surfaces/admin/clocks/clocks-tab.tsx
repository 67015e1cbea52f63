import './clocks.css';
import { en } from '../../../texts/en';
import type { Settings } from '../settings';
import { TabHead } from '../tab-head';
import { Calendars } from './calendars';
import { Ladders } from './ladders';
import { Rotas } from './rotas';

/** In which hours time counts, what happens while it runs out, and who is on call. */
export function ClocksTab({ settings }: { settings: Settings }) {
  return (
    <>
      <TabHead title={en.admin.clocks.title} lead={en.admin.clocks.lead} />
      <Calendars settings={settings} />
      <Ladders settings={settings} />
      <Rotas settings={settings} />
    </>
  );
}
