/** A small live room: two people with real logins side by side, and counters that move at both. */
import { Panel } from './panel.ts';
import { takeSeat } from './seat.ts';

const PEOPLE = ['alice', 'bob'] as const;

/** How often who hears the page is told the numbers while they move. */
const SPOKEN_MS = 3_000;

let isSpeaking = false;

const template = document.querySelector<HTMLTemplateElement>('#panel');
const people = document.querySelector('#people');
if (!template || !people) throw new Error('the page lacks its parts');

const panels = PEOPLE.map((userID) => new Panel(template, userID));
for (const panel of panels) panel.showIn(people);

const seats = PEOPLE.map((userID, at) => takeSeat(panels[at] as Panel, userID, speakSoon));
showOwnApp(await Promise.race(seats));

/** Reading out every change would drown everything else. */
function speakSoon(): void {
  if (isSpeaking) return;
  isSpeaking = true;
  setTimeout(() => {
    isSpeaking = false;
    const spoken = document.querySelector('#spoken');
    if (spoken) spoken.textContent = panels[0]?.sentence() ?? '';
  }, SPOKEN_MS);
}

function showOwnApp(SDKAppID: number | undefined): void {
  const line = document.querySelector<HTMLElement>('#own-app');
  const code = line?.querySelector('code');
  if (!line || !code || SDKAppID === undefined) return;
  const proxyServer = location.origin.replace(/^http/, 'ws');
  code.textContent = `create({ SDKAppID: ${SDKAppID}, proxyServer: '${proxyServer}' })`;
  line.hidden = false;
}
