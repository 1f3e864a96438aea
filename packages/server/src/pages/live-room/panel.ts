/** What one person sees: a panel of the page. It knows elements, and nothing of the SDK. */

export const KEYS = ['likes', 'views', 'gifts'] as const;

export type Key = (typeof KEYS)[number];

export type PanelState = 'connecting' | 'connected' | 'disconnected' | 'ended';

/** The rise of a number that has just changed. */
const BUMP: Keyframe[] = [{ transform: 'scale(1.18)' }, { transform: 'scale(1)' }];
const BUMP_MS = 180;

export class Panel {
  readonly name: string;
  private readonly element: HTMLElement;
  private readonly values = new Map<Key, string>();

  constructor(template: HTMLTemplateElement, userID: string) {
    this.name = userID.slice(0, 1).toUpperCase() + userID.slice(1);
    const copy = template.content.cloneNode(true) as DocumentFragment;
    this.element = copy.querySelector('section') as HTMLElement;
    this.element.dataset.person = userID;
    this.element.ariaLabel = this.name;
    this.part('h2').textContent = this.name;
    this.part('.avatar').textContent = this.name.slice(0, 1);
  }

  showIn(parent: Element): void {
    parent.append(this.element);
  }

  onTap(tap: (key: Key) => void): void {
    for (const key of KEYS) this.button(key).addEventListener('click', () => tap(key));
  }

  /** Whether the person can tap. */
  open(isOpen: boolean): void {
    for (const key of KEYS) this.button(key).disabled = !isOpen;
  }

  showState(state: PanelState): void {
    const element = this.part('.state');
    element.dataset.state = state;
    element.textContent = state;
  }

  showValue(key: Key, value: number | bigint): void {
    const text = value.toLocaleString('en');
    const before = this.values.get(key);
    if (text === before) return;
    this.values.set(key, text);
    const element = this.part(`[data-key="${key}"] .value`);
    element.textContent = text;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (before !== undefined && !isStill) element.animate(BUMP, { duration: BUMP_MS, easing: 'ease-out' });
  }

  /** Taps that are on their way. */
  showWaiting(key: Key, count: number): void {
    const element = this.part(`[data-key="${key}"] .waiting`);
    element.hidden = count === 0;
    element.textContent = count === 0 ? '' : `+${count}`;
  }

  /** Says what went wrong; an empty text takes it back. */
  showTrouble(words: string): void {
    const element = this.part('.trouble');
    if (element.textContent !== words) element.textContent = words;
  }

  /** The numbers as a sentence, for who hears the page. */
  sentence(): string {
    return KEYS.map((key) => `${this.values.get(key) ?? 'no'} ${key}`).join(', ');
  }

  private button(key: Key): HTMLButtonElement {
    return this.part(`[data-key="${key}"]`) as HTMLButtonElement;
  }

  private part(selector: string): HTMLElement {
    const found = this.element.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return found;
  }
}
