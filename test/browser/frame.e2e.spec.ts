import { LANGUAGES, openStage, report, type Stage } from './stage';

jest.setTimeout(180_000);

describe('the frame around every page', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it('lets nobody in who has not signed in, and comes back to where they wanted to go', async () => {
    const stranger = await stage.stranger();
    await stranger.open('/leaderboard');
    expect(new URL(stranger.page.url()).pathname).toBe('/sign-in');
    await stranger.page.locator('#login').fill('r222');
    await stranger.page.locator('#password').fill('wrong');
    await stranger.page.locator('button[type=submit]').click();
    await stranger.page.getByText('identity.wrong-login-or-password').waitFor();
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
    const rep = await stage.visitor('r222', { language });
    expect(await rep.inspect('/', 'home-rep')).toEqual([]);
    expect(rep.complaints).toEqual([]);
  });
});
