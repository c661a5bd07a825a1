import { connect, createServer, type Server, type Socket } from 'node:net';
import { actorId, type SubjectId } from '#kernel';
import { appraisalDecider } from '#libs/appraisal';
import { appraisalIdOf } from '#libs/appraisal/contracts';
import { freePort } from '#infra/embedded';
import { eventually } from '#libs/testing';
import { type Language, LANGUAGES, openStage, PHONE, type Stage, type Visitor } from './stage';

jest.setTimeout(240_000);

const WORDS = {
  'zh-CN': {
    live: '实时',
    lost: /连接中断/,
    own: '你的名次',
    amended: /发布后更正/,

    pause: '暂停轮播',
    go: '开始轮播',
    next: '下一页',
  },
  en: {
    live: 'Live',
    lost: /Connection lost/,
    own: 'Your place',
    amended: /Amended after publication/,

    pause: 'Stop turning',
    go: 'Start turning',
    next: 'Next page',
  },
} as const;
const CORRECTION = actorId('system:test-corrections');

interface Cycles {
  readonly items: readonly { readonly cycleId: string; readonly period: string; readonly ranked: number }[];
}
interface Board {
  readonly ranked: number;
  readonly items: readonly {
    readonly place: number;
    readonly subject: string | null;
    readonly value: string;
    readonly isViewer: boolean;
  }[];
  readonly own: { readonly place: number; readonly value: string; readonly ranked: number } | null;
}

describe('the leaderboard', () => {
  let stage: Stage;
  let cycleId: string;
  beforeAll(async () => {
    stage = await openStage();
    const rep = await stage.visitor('r222');
    const { items } = (await rep.ask('/leaderboard/cycles')) as Cycles;
    cycleId = items[0]?.cycleId ?? '';
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  const board = async (who: Visitor, query = ''): Promise<Board> =>
    (await who.ask(`/leaderboard?cycleId=${cycleId}&limit=100${query}`)) as Board;
  const liveMark = (who: Visitor) => who.page.locator('.mark', { hasText: WORDS[who.language].live });
  const ownPlace = (who: Visitor) => who.page.getByRole('row', { name: WORDS[who.language].own }).locator('td').first();

  /** A decision gives somebody another score, as an appeal or an approved correction does. */
  async function amend(subject: SubjectId, score: string): Promise<void> {
    const { core } = stage.product;
    const id = appraisalIdOf(cycleId, subject);
    const { state } = await core.runner.load(appraisalDecider, id);
    const known = 'score' in state ? state.score : undefined;
    if (!known) throw new Error('nothing was published');
    const data = { cause: { kind: 'correction' as const, id: core.ids.uuid() }, result: { ...known.result, score }, basis: known.basis };
    const context = { now: core.clock.now(), actor: CORRECTION, requestKey: `test/amend/${id}/${score}` };
    await core.runner.run(appraisalDecider, id, { type: 'AmendAppraisal', data }, context);
  }

  /** Somebody who stands below the viewer, so that rising past them moves the viewer. */
  async function below(viewer: Visitor): Promise<SubjectId> {
    const hr = await stage.visitor('linxiaomei');
    const { own } = await board(viewer);
    const { items } = await board(hr);
    const found = items.filter(({ place, subject }) => subject !== null && own !== null && place > own.place).at(-1)?.subject;
    if (found === undefined || found === null) throw new Error('nobody stands below');
    return found as SubjectId;
  }

  it('tells a rep which cycles were published, newest first, and their exact place on each board', async () => {
    const rep = await stage.visitor('r222');
    const { items } = (await rep.ask('/leaderboard/cycles')) as Cycles;
    expect(items.map(({ period }) => period)).toEqual([...items.map(({ period }) => period)].sort().reverse());
    expect(items[0]?.ranked).toBeGreaterThan(20);
    const { own } = await board(rep);
    await rep.open('/leaderboard');
    await eventually(async () => expect(await ownPlace(rep).textContent()).toBe(`${own?.place} / ${own?.ranked}`));
  });

  it('keeps one’s own row in sight on every page of the board, and says what is looked at in the address', async () => {
    const rep = await stage.visitor('r222', { screen: PHONE, language: 'en' });
    await rep.open('/leaderboard');
    await rep.choose(rep.page.getByLabel('Scope'), 'region');
    await rep.choose(rep.page.getByLabel('Measure'), 'completion');
    const { searchParams } = new URL(rep.page.url());
    expect(searchParams.get('scope')).toBe('region');
    expect(searchParams.get('unit')).toBe('华南');
    const { own } = await board(rep, `&scope=region&unit=${encodeURIComponent('华南')}&measure=completion`);
    await rep.page.reload();
    await eventually(async () => expect(await ownPlace(rep).textContent()).toBe(`${own?.place} / ${own?.ranked}`));
    expect(await ownPlace(rep).isVisible()).toBe(true);
    const box = await ownPlace(rep).boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(PHONE.height);
  });

  it.each(LANGUAGES)('says why one stands where one stands, down to the value that is ranked: %s', async (language) => {
    const rep = await stage.visitor('r222', { language });
    const { own } = await board(rep, '&measure=completion');
    const [place, value] = [own?.place ?? 0, own?.value ?? ''];
    await rep.open('/leaderboard?measure=completion');
    await ownPlace(rep).getByRole('button').click();
    const drawer = rep.page.getByRole('dialog');
    const words = await drawer.locator('.sentence').innerText();
    expect(words).toContain(`${value}%`);
    expect(words).toMatch(new RegExp(`^${place - 1} .*\\b${own?.ranked}\\b`));
    await drawer.getByText(language === 'en' ? /^Equal values share a place/ : /^数值相同者名次相同/).waitFor();
    expect(await rep.findings()).toEqual([]);
    await rep.shoot('leaderboard-place');
    // Of the completion its own line, not the score.
    await drawer.locator('.explained').click();
    await drawer.locator('.sentence', { hasText: language === 'en' ? /^Completion: / : /^销售完成率：/ }).waitFor();
    await drawer.locator('.sentence', { hasText: value }).waitFor();
    expect(rep.complaints).toEqual([]);
  });

  it('goes on a screen with what was chosen, and back', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    const { items } = (await rep.ask('/leaderboard/cycles')) as Cycles;
    const earlier = items[1] ?? { period: '', cycleId: '' };
    await rep.open(`/leaderboard?period=${earlier.period}&measure=completion`);
    await rep.page.getByRole('link', { name: 'Show on a screen' }).click();
    await rep.page.locator('.tv header', { hasText: 'Completion' }).waitFor();
    expect(new URL(rep.page.url()).search).toBe(`?period=${earlier.period}&measure=completion`);
    await rep.page.getByRole('link', { name: 'Leave the screen' }).click();
    await rep.page.waitForURL((url) => url.pathname === '/leaderboard');
    expect(new URL(rep.page.url()).search).toBe(`?period=${earlier.period}&measure=completion&cycle=${earlier.cycleId}`);
  });

  it('leaves pages out on a wall on which nobody may be named', async () => {
    const hr = await stage.visitor('linxiaomei', { language: 'en' });
    await hr.open('/tv');
    const next = hr.page.getByRole('button', { name: WORDS.en.next });
    const heading = hr.page.getByRole('heading', { level: 1 });
    await hr.page.getByRole('row').nth(8).waitFor();
    await next.click();
    await hr.page.getByText('not public').first().waitFor();
    await next.click();
    await eventually(async () => expect(await heading.innerText()).not.toBe('Company'));
  });

  it.each(LANGUAGES)('shows a change without reloading, with its note: %s', async (language) => {
    const rep = await stage.visitor('r222', { language });
    const words = WORDS[language];
    await rep.open('/leaderboard');
    await liveMark(rep).waitFor();
    const before = (await board(rep)).own?.place ?? 0;
    await ownPlace(rep)
      .getByText(new RegExp(`^${before}\\b`))
      .waitFor();
    await amend(await below(rep), language === 'en' ? '99.80' : '99.70');
    await ownPlace(rep)
      .getByText(new RegExp(`^${before + 1}\\b`))
      .waitFor();
    await rep.page.getByText(words.amended).first().waitFor();
    expect(await rep.page.locator('table').innerText()).not.toMatch(/¥|元/);
    expect(rep.complaints).toEqual([]);
  });

  it('says when the connection is lost, never shows old as new, and shows what was missed once it is back', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    const line = await openLine(stage.product.url);
    try {
      await rep.page.goto(`${line.url}/leaderboard`);
      await liveMark(rep).waitFor();
      const before = (await board(rep)).own?.place ?? 0;
      await line.cut();
      await rep.page.getByText(WORDS.en.lost).waitFor();
      expect(await liveMark(rep).count()).toBe(0);
      await amend(await below(rep), '99.90');
      await ownPlace(rep)
        .getByText(new RegExp(`^${before}\\b`))
        .waitFor();
      await line.mend();
      await ownPlace(rep)
        .getByText(new RegExp(`^${before + 1}\\b`))
        .waitFor({ timeout: 30_000 });
      await liveMark(rep).waitFor();
    } finally {
      await line.close();
    }
  });

  it('turns on a wall until somebody stops it, without anybody’s own row and without names that are not public', async () => {
    const hr = await stage.visitor('linxiaomei', { language: 'en' });
    await hr.page.emulateMedia({ reducedMotion: 'no-preference' });
    await hr.page.clock.install();
    await hr.open('/tv');
    await hr.page.getByRole('heading', { level: 1, name: 'Company' }).waitFor();
    await hr.page.getByRole('row').nth(8).waitFor();
    await hr.page.clock.fastForward(13_000);
    // The ninth to sixteenth place: past the tenth nobody's name is public, whoever is signed in at the screen.
    await hr.page.getByText('not public').first().waitFor();
    await hr.click(hr.page.getByRole('button', { name: WORDS.en.pause }));
    const page = await hr.page.locator('table').innerText();
    await hr.page.clock.fastForward(60_000);
    expect(await hr.page.locator('table').innerText()).toBe(page);
    expect(page).not.toMatch(/you/i);
    await hr.click(hr.page.getByRole('button', { name: WORDS.en.next }));
    await eventually(async () => expect(await hr.page.locator('table').innerText()).not.toBe(page));
  });

  it('does not turn by itself for who asked for less motion', async () => {
    const rep = await stage.visitor('r222', { language: 'zh-CN' });
    await rep.open('/tv');
    await rep.page.getByRole('button', { name: WORDS['zh-CN'].go }).waitFor();
  });

  it.each(LANGUAGES)('is accessible on a desk and on a phone: %s', async (language: Language) => {
    const rep = await stage.visitor('r222', { language });
    expect(await rep.inspect(`/leaderboard?cycle=${cycleId}`, 'leaderboard')).toEqual([]);
    expect(await rep.inspect('/leaderboard?period=2020-01', 'leaderboard-empty')).toEqual([]);
    expect(await rep.inspect('/tv', 'tv')).toEqual([]);
    expect(rep.complaints).toEqual([]);
  });

  it('has honours of each published period', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    const { items } = (await rep.ask('/leaderboard/honours')) as {
      items: readonly { period: string; honour: string; holders: readonly { name: string | null }[] }[];
    };
    expect(items.map(({ honour }) => honour)).toEqual(items.map(() => 'monthly-champion'));
    expect(items.find(({ period }) => period < stage.months.published)?.holders.length).toBe(1);
    await rep.open('/leaderboard');
    expect(await rep.page.getByText('Monthly Champion').count()).toBe(items.length);
  });
});

/** A line between a browser and the product that can be cut and mended. */
async function openLine(
  to: string,
): Promise<{ readonly url: string; cut(): Promise<void>; mend(): Promise<void>; close(): Promise<void> }> {
  const target = Number.parseInt(new URL(to).port, 10);
  const port = await freePort();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const mend = (): Promise<void> =>
    new Promise((resolve) => {
      server = createServer((client) => {
        const upstream = connect(target, '127.0.0.1');
        for (const socket of [client, upstream]) {
          sockets.add(socket);
          socket.on('error', () => socket.destroy());
          socket.on('close', () => sockets.delete(socket));
        }
        client.pipe(upstream).pipe(client);
      }).listen(port, '127.0.0.1', resolve);
    });
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      const listening = server;
      server = undefined;
      if (!listening) {
        resolve();
        return;
      }
      listening.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await mend();
  return { url: `http://127.0.0.1:${port}`, cut, mend, close: cut };
}
