import { DESK, LANGUAGES, openStage, PHONE, report, type Stage } from './stage';

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
    ] as const) {
      const person = await stage.visitor(login, { language });
      expect(await person.inspect('/', `home-${role}`)).toEqual([]);
      expect(person.complaints).toEqual([]);
    }
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
    await rep.open('/cycles');
    await rep.page.getByText('Not allowed').first().waitFor();
    expect(await rep.findings()).toEqual([]);
    await rep.open('/no/such/page');
    await rep.page.getByRole('heading', { name: 'No such page' }).waitFor();
  });

  it('without a network it says that what is shown is from before', async () => {
    const rep = await stage.visitor('r222', { language: 'en', screen: PHONE });
    await rep.open('/');
    await rep.page.context().setOffline(true);
    await rep.page.getByText('You are offline').waitFor();
    await rep.page.context().setOffline(false);
    await rep.page.getByText('You are offline').waitFor({ state: 'detached' });
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
