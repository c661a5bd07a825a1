import { DESK, LANGUAGES, openStage, PHONE, report, type Stage, type Visitor } from './stage';

jest.setTimeout(240_000);

describe('the frame around every page', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  it('lets nobody in who has not signed in, says what was wrong, and comes back to where they wanted to go', async () => {
    const stranger = await stage.stranger();
    await stranger.open('/leaderboard');
    expect(new URL(stranger.page.url()).pathname).toBe('/sign-in');
    await stranger.page.locator('#login').fill('r222');
    await stranger.page.locator('#password').fill('wrong');
    await stranger.page.locator('button[type=submit]').click();
    await stranger.page.getByText('identity.wrong-login-or-password').waitFor();
    await stranger.page.getByText('核对账号和密码后重试').waitFor();
    await stranger.page.locator('#password').fill('centum-demo');
    await stranger.page.locator('button[type=submit]').click();
    await stranger.page.locator('main#main').waitFor();
    expect(new URL(stranger.page.url()).pathname).toBe('/leaderboard');
  });

  it('asks for signing in again once the session has ended, and comes back to where one was going', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    await rep.open('/');
    await rep.page.context().clearCookies();
    await rep.click(rep.page.getByRole('link', { name: 'Leaderboard' }).first());
    await rep.page.getByText('Please sign in to go on.').waitFor();
    expect(new URL(rep.page.url()).searchParams.get('from')).toBe('/leaderboard');
    await rep.page.locator('#login').fill('r222');
    await rep.page.locator('#password').fill('centum-demo');
    await rep.page.locator('button[type=submit]').click();
    await rep.page.locator('main#main').waitFor();
    expect(new URL(rep.page.url()).pathname).toBe('/leaderboard');
    expect(rep.complaints).toEqual([]);
  });

  it('anyone changes the language in at most 2 steps, and it is kept', async () => {
    const rep = await stage.visitor('r222', { language: 'zh-CN' });
    await rep.beginTask();
    await rep.click(rep.page.getByRole('button', { name: 'English' }));
    await rep.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    report('anyone: change language', rep.steps, 2);
    expect(rep.steps).toBeLessThanOrEqual(2);
    await rep.page.reload();
    await rep.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect(await rep.page.locator('html').getAttribute('lang')).toBe('en');
  });

  it.each(LANGUAGES)('home and signing in are accessible on a desk and on a phone: %s', async (language) => {
    const stranger = await stage.stranger({ language });
    expect(await stranger.inspect('/sign-in', 'sign-in')).toEqual([]);
    for (const [login, role] of [
      ['r222', 'rep'],
      ['linxiaomei', 'hr'],
      ['shenguohua', 'general-manager'],
      ['tangyutong', 'planning'],
    ] as const) {
      const person = await stage.visitor(login, { language });
      expect(await person.inspect('/', `home-${role}`)).toEqual([]);
      expect(person.complaints).toEqual([]);
    }
  });

  it('home shows what has come of the pay, the daily log to who has a plan, and to coaches what waits for them', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    await rep.open('/');
    await rep.page.getByRole('img', { name: /^Trend of Pay · .+: .+ → .+/ }).waitFor();
    await rep.page.locator('main a[href^="/me/appeals/new"]').waitFor();
    expect(await rep.page.locator('main a[href="/me/plan"]').count()).toBe(0);
    const grown = await stage.visitor('r115', { language: 'en' });
    await grown.open('/');
    await grown.page.locator('main a[href="/me/plan"]').waitFor();

    const coach = await stage.visitor('r120', { language: 'en' });
    await coach.open('/');
    const plans = coach.page.getByRole('region', { name: '100-day plans I coach' });
    for (const number of ['Gates overdue', 'Gates to judge', 'Talks due this week']) await plans.getByText(number).waitFor();
    await plans.locator('dd a[href^="/coaching"]').first().click();
    await coach.page.waitForURL(/\/coaching/);
    expect([...rep.complaints, ...grown.complaints, ...coach.complaints]).toEqual([]);
  });

  it('home shows HR how far the cycles are and what the published ones gave, and planning what was imported, with their trends', async () => {
    const hr = await stage.visitor('linxiaomei', { language: 'en' });
    await hr.open('/');
    const cycles = hr.page.getByRole('region', { name: 'Running cycles' });
    await cycles.getByText('Steps done in running cycles').waitFor();
    await cycles.getByRole('img', { name: /^Trend of Mean score · .+: .+ → .+/ }).waitFor();
    const planning = await stage.visitor('tangyutong', { language: 'en' });
    await planning.open('/');
    await planning.page.getByRole('img', { name: /^Trend of Facts of complete imports · .+: .+ → .+/ }).waitFor();
    expect([...hr.complaints, ...planning.complaints]).toEqual([]);
  });

  it.each(LANGUAGES)('a rep sees why the score is what it is in at most 2 steps, down to the record of the CRM: %s', async (language) => {
    const rep = await stage.visitor('r222', { language });
    await rep.beginTask();
    await rep.page.locator('.explained').first().waitFor();
    await rep.click(rep.page.locator('.explained').first());
    const drawer = rep.page.getByRole('dialog');
    await drawer.locator('.sentence').waitFor();
    report(`rep: see why my score is what it is (${language})`, rep.steps, 2);
    expect(rep.steps).toBeLessThanOrEqual(2);
    expect(new URL(rep.page.url()).searchParams.get('explain')).toMatch(/^score~/);
    // Down to the leaf: what was sold, order by order.
    await drawer
      .locator('summary', { hasText: language === 'en' ? /^Sales:/ : /^销售额：/ })
      .first()
      .click();
    await drawer.getByText(/^SO-/).first().waitFor();
    expect(await rep.findings()).toEqual([]);
    await rep.shoot('explanation');
    // The address alone brings it back.
    await rep.page.reload();
    await drawer.locator('.sentence').waitFor();
    await drawer.getByRole('tab').nth(2).click();
    await drawer.getByText('AppraisalPublished').waitFor();
    expect(rep.complaints).toEqual([]);
  });

  it('Ctrl K opens search: an employee number leads to the person, by keys alone', async () => {
    const hr = await stage.visitor('linxiaomei', { language: 'en' });
    await hr.open('/');
    await hr.press('Control+k');
    await hr.page.getByRole('combobox', { name: 'Search' }).fill('R222');
    await hr.page.getByRole('option', { name: /刘佳怡/ }).waitFor();
    expect(await hr.findings()).toEqual([]);
    await hr.press('Enter');
    await hr.page.waitForURL(/\/people\//);
  });

  it('a page that a role may not see says so, and an address that leads nowhere, too', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    for (const page of ['/cycles', '/people', '/payouts', '/coaching', '/audit', '/schemes/new']) {
      await rep.open(page);
      await rep.page.getByRole('heading', { level: 1, name: 'Not allowed' }).waitFor();
      // Nothing of the page itself stands there: no filter, no table, no line to the server.
      expect(await rep.page.locator('main').locator('input, select, table, .mark').count()).toBe(0);
    }
    await rep.page.getByText('Who may see it: HR.').waitFor();
    expect(await rep.findings()).toEqual([]);
    await rep.click(rep.page.getByRole('link', { name: 'Go home' }));
    await rep.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    for (const page of ['/no/such/page', '/me/appeals/nope', '/coaching/nope', '/me/statement/2026-13', '/me/appeals/new?appraisal=xx']) {
      await rep.open(page);
      await rep.page.getByText('No such page').waitFor();
      expect(await rep.page.locator('body').innerText()).not.toMatch(/UUID|Too small|expected/);
    }
    await rep.open('/?explain=score~nope');
    await rep.page.getByRole('dialog').getByText('Nothing to explain here').waitFor();
  });

  /** Where the keyboard is. */
  const focused = (who: Visitor): Promise<string> =>
    who.page.evaluate<string>('document.activeElement.className || document.activeElement.id || document.activeElement.tagName');

  it('the explanation’s tab stands in the address, and closing it leads back to where it was opened', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    await rep.open('/');
    await rep.page.locator('.explained').first().click();
    const drawer = rep.page.getByRole('dialog');
    await drawer.getByRole('tab', { name: 'History' }).click();
    await drawer.getByText('Result confirmed (by the person themselves)').waitFor();
    await drawer.getByText('the cycle (automatic)').first().waitFor();
    expect(await drawer.innerText()).not.toMatch(/cycle-sweep|\d{4}-\d{2}-\d{2}/);
    expect(new URL(rep.page.url()).searchParams.get('explainTab')).toBe('history');
    await rep.page.reload();
    await drawer.getByText('AppraisalPublished').waitFor();
    await rep.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await focused(rep)).toBe('main');
    expect(new URL(rep.page.url()).search).toBe('');
    await rep.page.locator('.explained').first().focus();
    await rep.press('Enter');
    await drawer.getByText(/刘佳怡 · /).waitFor();
    await rep.page.emulateMedia({ media: 'print' });
    expect(await drawer.getByRole('tablist').isVisible()).toBe(false);
    await rep.page.emulateMedia({ media: 'screen' });
    await rep.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await focused(rep)).toBe('explained');
    expect(rep.complaints).toEqual([]);
  });

  it.each(LANGUAGES)('a phase begins at 00:00 and ends at 24:00; a deadline says how its days were counted: %s', async (language) => {
    const rep = await stage.visitor('r121', { language });
    const { items } = (await rep.ask('/me/todo')) as { items: readonly { kind: string; cycleId: string }[] };
    const cycleId = items.find(({ kind }) => kind === 'self-review')?.cycleId ?? '';
    await rep.open(`/?explain=deadline~${cycleId}~self-review`);
    const drawer = rep.page.getByRole('dialog');
    expect(await drawer.locator('.sentence').innerText()).toMatch(/ 00:00 (?:至|to) .+ 24:00$/);
    await rep.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    const deadline = rep.page.locator('.deadline > button').first();
    await deadline.focus();
    await rep.press('Enter');
    const why = await rep.page.locator('.deadline [role=status]').innerText();
    expect(why).toContain('24:00');
    expect(await deadline.getAttribute('title')).toBe(why);
  });

  it('the period is offered where it does something, goes along to the next page, and leads to the statement of it', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    const { published } = stage.months;
    const picker = rep.page.getByRole('combobox', { name: 'Period', exact: true });
    const side = rep.page.getByRole('navigation', { name: 'Menu' }).first();
    await rep.open('/');
    expect(await picker.count()).toBe(0);
    await side.getByRole('link', { name: 'Leaderboard' }).click();
    await picker.selectOption(published);
    await side.getByRole('link', { name: 'Home' }).click();
    await rep.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect(new URL(rep.page.url()).search).toBe('');
    await side.getByRole('link', { name: 'My appraisals' }).click();
    await rep.page.waitForURL((url) => url.pathname === '/me/appraisals' && url.searchParams.get('period') === published);
    await rep.open('/me/statement/2026-08');
    await picker.selectOption(published);
    await rep.page.waitForURL((url) => url.pathname === `/me/statement/${published}`);
  });

  it('without a network it says that what is shown is from before', async () => {
    const rep = await stage.visitor('r222', { language: 'en', screen: PHONE });
    await rep.open('/');
    await rep.page.context().setOffline(true);
    await rep.page.getByText('You are offline').waitFor();
    await rep.page.context().setOffline(false);
    await rep.page.getByText('You are offline').waitFor({ state: 'detached' });
  });

  it('without a network a page not opened before says so, and comes by itself', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    await rep.open('/');
    await rep.page.context().setOffline(true);
    // What lies over a page leaves it as it is.
    await rep.page.locator('.explained').first().click();
    await rep.page.locator('.over').getByText('Not available offline').waitFor();
    expect(await rep.page.getByRole('heading', { level: 1, name: 'Home' }).isVisible()).toBe(true);
    await rep.page.goBack();
    await rep.page.getByRole('link', { name: 'Leaderboard' }).first().click();
    await rep.page.getByRole('heading', { level: 1, name: 'Not available offline' }).waitFor();
    expect(await rep.page.locator('main').innerText()).not.toMatch(/Failed to fetch|administrator/);
    expect(await rep.sticksOut()).toEqual([]);
    await rep.page.getByRole('button', { name: 'Try again' }).click();
    await rep.page.getByText('Still no connection.').waitFor();
    await rep.page.context().setOffline(false);
    await rep.page.getByRole('heading', { level: 1, name: 'Leaderboard' }).waitFor();
  });

  it('after a release, a page whose parts are gone is reloaded once', async () => {
    const rep = await stage.visitor('r222', { language: 'en' });
    await rep.open('/');
    let [isGone, loads] = [true, 0];
    rep.page.on('request', (request) => {
      if (!request.isNavigationRequest()) return;
      isGone = false;
      loads += 1;
    });
    await rep.page.route('**/assets/*', (route) => (isGone ? route.fulfill({ status: 404, body: 'gone' }) : route.continue()));
    await rep.page.getByRole('link', { name: 'Leaderboard' }).first().click();
    await rep.page.getByRole('heading', { level: 1, name: 'Leaderboard' }).waitFor();
    expect(loads).toBe(1);
    expect(new URL(rep.page.url()).pathname).toBe('/leaderboard');
  });

  it('works by keys alone: skip link, navigation, sign out', async () => {
    const rep = await stage.visitor('r222', { language: 'en', screen: DESK });
    await rep.open('/');
    await rep.press('Tab');
    expect(await rep.page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to content');
    await rep.press('Enter');
    expect(await rep.page.evaluate<string>('document.activeElement.id')).toBe('main');
    await rep.page.getByRole('button', { name: /Account/ }).focus();
    await rep.press('Enter');
    await rep.press('Tab');
    expect(await rep.page.evaluate<string>('document.activeElement.textContent')).toBe('Sign out');
    await rep.press('Enter');
    await rep.page.waitForURL(/\/sign-in/);
  });
});
