import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { DEMO_PASSWORD, demoDates } from '#apps/assembly/demo';
import { formatToken } from '#libs/event-store';
import { startTestProduct, type TestProduct } from '../e2e/product';

export type Language = 'zh-CN' | 'en';
export const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];
export const DESK = { width: 1280, height: 800 } as const;
export const PHONE = { width: 360, height: 740 } as const;

const WCAG_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PHOTOS = path.resolve(__dirname, '../../.cache/screenshots');
/** A page that does not show what it should within this does not show it. */
const PATIENCE_MS = 40_000;
const CHROMIUM =
  process.env['CENTUM_TEST_CHROMIUM'] ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((place) => existsSync(place)) ?? '';

/** The demo company running in this process, and a browser to visit it with. */
export interface Stage {
  readonly product: TestProduct;
  /** Of the demo, which follow the day of its first start: the newest that is published, the one that is being appraised. */
  readonly months: { readonly published: string; readonly running: string };
  /** Somebody at a screen of their own, signed in, no page open yet; `login` as in the demo's people file. */
  visitor(login: string, options?: VisitorOptions): Promise<Visitor>;
  /** A screen at which nobody has signed in. */
  stranger(options?: VisitorOptions): Promise<Visitor>;
  /** Everybody leaves: what pages left open do costs those that come after them. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export interface VisitorOptions {
  readonly language?: Language;
  readonly screen?: { readonly width: number; readonly height: number };
}

export async function openStage(): Promise<Stage> {
  const product = await startTestProduct({ company: 'demo' });
  const browser = await launch();
  const [origin] = await product.core.log.readAll(0, { maxEvents: 1 });
  if (!origin) throw new Error('the demo has no history');
  const months = demoDates(origin.recordedAt);
  const head = async (): Promise<string> => formatToken(await product.core.log.head());
  const stranger = async ({ language = 'zh-CN', screen = DESK }: VisitorOptions = {}): Promise<Visitor> => {
    const context = await newContext(browser, language, screen);
    return new Visitor(await context.newPage(), { url: product.url, language, screen, head });
  };
  return {
    product,
    months,
    stranger,
    visitor: async (login, options = {}) => {
      const visitor = await stranger(options);
      await visitor.enter(login);
      return visitor;
    },
    leave: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: async () => {
      await browser.close();
      await product.stop();
    },
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function newContext(
  browser: Browser,
  language: Language,
  screen: { readonly width: number; readonly height: number },
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { ...screen },
    locale: language,
    timezoneId: 'Asia/Shanghai',
    hasTouch: screen.width < 768,
    acceptDownloads: true,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** A person at a screen. Acts that cost effort (clicks, fields) are counted; looking costs nothing. */
export class Visitor {
  /** Clicks and fields since the last `beginTask`. */
  steps = 0;
  /** What the page complained of: errors of scripts, and of the content security policy. */
  readonly complaints: string[] = [];
  readonly language: Language;
  /** Where the product is reached. */
  readonly origin: string;
  readonly #screen: { readonly width: number; readonly height: number };
  readonly #head: () => Promise<string>;

  constructor(
    readonly page: Page,
    options: {
      readonly url: string;
      readonly language: Language;
      readonly screen: { readonly width: number; readonly height: number };
      /** Where the log ends, as a token. */
      readonly head: () => Promise<string>;
    },
  ) {
    this.origin = options.url;
    this.language = options.language;
    this.#screen = options.screen;
    this.#head = options.head;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // A refused request is no fault of the page; what it makes of it is asserted by the tests.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.complaints.push(message.text());
    });
  }

  /** Signs in without the form, which has tests of its own; no page is open yet. */
  async enter(login: string, password: string = DEMO_PASSWORD): Promise<void> {
    const answer = await this.page.request.post(`${this.origin}/api/v1/session`, { data: { login, password } });
    if (!answer.ok()) throw new Error(`${login} can't sign in: ${answer.status()} ${await answer.text()}`);
  }

  /** Signs in as people do. */
  async signIn(login: string, password: string = DEMO_PASSWORD): Promise<void> {
    await this.page.goto(`${this.origin}/sign-in`);
    await this.page.locator('#login').fill(login);
    await this.page.locator('#password').fill(password);
    await this.page.locator('button[type=submit]').click();
    await this.page
      .locator('main#main')
      .waitFor()
      .catch((error: unknown) => this.#explain(error));
    this.steps = 0;
  }

  /** Opens an address, as from a bookmark. */
  async open(address: string): Promise<void> {
    await this.page.goto(`${this.origin}${address}`);
    await this.settled();
  }

  /** A task begins at home: its steps are counted from here. */
  async beginTask(): Promise<void> {
    await this.open('/');
    this.steps = 0;
  }

  /** One click. */
  async click(target: Locator | string): Promise<void> {
    this.steps += 1;
    await this.#locator(target).click();
  }

  /** One field. */
  async fill(target: Locator | string, text: string): Promise<void> {
    this.steps += 1;
    await this.#locator(target).fill(text);
  }

  /** One field: a choice of a select. */
  async choose(target: Locator | string, value: string): Promise<void> {
    this.steps += 1;
    await this.#locator(target).selectOption(value);
  }

  /** One field: files of a file picker. */
  async attach(target: Locator | string, files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
    this.steps += 1;
    await this.#locator(target).setInputFiles(files);
  }

  /** One key: moving about by key costs nothing, as with the eyes; pressing Enter or a shortcut that acts does. */
  async press(key: string, { costs = false } = {}): Promise<void> {
    if (costs) this.steps += 1;
    await this.page.keyboard.press(key);
  }

  /** The page has stopped loading: nothing on it waits for an answer. */
  async settled(): Promise<void> {
    await this.page.locator('main, .tv').first().waitFor();
    await this.page.locator('.skeleton').first().waitFor({ state: 'detached' });
  }

  /** What axe finds serious or critical on the page as it is, and what sticks out sideways. */
  async findings(): Promise<readonly string[]> {
    await this.settled();
    // Of many rows alike the first dozen says it all; so, and by telling only what is violated, it takes a fifth of the time.
    const { violations } = await new AxeBuilder({ page: this.page })
      .setLegacyMode(true)
      .exclude('tr:nth-child(n+13)')
      .exclude('li:nth-child(n+13)')
      .options({ runOnly: { type: 'tag', values: WCAG_TAGS }, resultTypes: ['violations'] })
      .analyze();
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 5).map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    return [...serious, ...(await this.sticksOut())];
  }

  /** A picture of the whole page in an ignored folder, by page, language and width. */
  async shoot(name: string): Promise<void> {
    await this.settled();
    mkdirSync(PHOTOS, { recursive: true });
    const file = `${name}-${this.language}-${this.page.viewportSize()?.width ?? this.#screen.width}.png`;
    await this.page.screenshot({ path: path.join(PHOTOS, file), fullPage: true });
  }

  /**
   * One page looked at: photographed on a desk and on a phone; nothing may stick out. axe looks once, at the desk in Chinese: it takes
   * longer than all the rest.
   */
  async inspect(address: string, name: string): Promise<readonly string[]> {
    const found: string[] = [];
    await this.page.setViewportSize({ ...DESK });
    await this.open(address);
    for (const screen of [DESK, PHONE]) {
      await this.page.setViewportSize({ ...screen });
      await this.shoot(name);
      const findings = screen === DESK && this.language === 'zh-CN' ? await this.findings() : await this.sticksOut();
      found.push(...findings.map((finding) => `${name} ${this.language} ${screen.width}: ${finding}`));
    }
    await this.page.setViewportSize({ ...this.#screen });
    return found;
  }

  /** A page that has to be moved sideways to be read. */
  async sticksOut(): Promise<readonly string[]> {
    const tooWide = await this.page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    return tooWide > 1 ? [`scrolls sideways by ${tooWide} px`] : [];
  }

  /** Asks the API as this person does, once every read model holds all that was recorded until now. */
  async ask(address: string): Promise<unknown> {
    const after = await this.#head();
    for (;;) {
      const answer = await this.page.request.get(`${this.origin}/api/v1${address}`, { headers: { 'centum-after': after } });
      if (answer.headers()['centum-behind'] === undefined) return answer.json();
    }
  }

  /** What stands on the page instead, for whoever reads the failed test. */
  async #explain(error: unknown): Promise<never> {
    const text = await this.page.locator('body').innerText();
    throw new Error(`instead, at ${this.page.url()}: ${text.slice(0, 500)} ${this.complaints.join(' | ')}`, { cause: error });
  }

  #locator(target: Locator | string): Locator {
    return typeof target === 'string' ? this.page.locator(target) : target;
  }
}

/** Says in the test's report what a task costs, beside what it may. */
export function report(task: string, steps: number, limit: number): void {
  process.stderr.write(`effort: ${task}: ${steps} of at most ${limit}\n`);
}
