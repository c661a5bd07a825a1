import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { startTestProduct, type TestProduct } from './product';

jest.setTimeout(180_000);

describe('how the pages are served', () => {
  let product: TestProduct;
  beforeAll(async () => {
    product = await startTestProduct();
  });
  afterAll(() => product.stop());

  const get = (address: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${product.url}${address}`, { headers });
  /** A browser, and fetch, would tidy the address up first. */
  const getAsWritten = (address: string): Promise<{ readonly status: number | undefined; readonly body: string }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(product.url);
      const asked = request({ hostname, port, path: address }, (answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject);
      });
      asked.on('error', reject).end();
    });
  const script = async (): Promise<string> => /src="(\/assets\/[^"]+\.js)"/.exec(await (await get('/')).text())?.[1] ?? '';

  it.each(['/', '/cycles/new?period=2026-10', '/me/appraisals/some-id'])('every address of a page is the page: %s', async (address) => {
    const answer = await get(address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  });

  it('lets scripts come from here only, and styles only with a nonce that is new each time', async () => {
    const [one, other] = await Promise.all([get('/'), get('/')]);
    const policy = one.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce).toHaveLength(24);
    expect(await one.text()).toContain(`content="${nonce}"`);
    expect(other.headers.get('content-security-policy')).not.toBe(policy);
  });

  it('sends what never changes once, compressed', async () => {
    const answer = await get(await script(), { 'accept-encoding': 'br' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('br');
  });

  it.each(['/api/v1/no-such-thing', '/api/none', '/assets/none.js'])('is no page for what is none: %s', async (address) => {
    const answer = await get(address);
    expect([401, 404]).toContain(answer.status);
    expect(answer.headers.get('content-type')).not.toContain('text/html');
  });

  it.each(['/assets/../../../package.json', '/assets/..%2f..%2f..%2fpackage.json', '/assets/%2e%2e/%2e%2e/%2e%2e/package.json'])(
    'gives nothing away from outside its folder: %s',
    async (address) => {
      const { status, body } = await getAsWritten(address);
      expect([403, 404]).toContain(status);
      expect(body).not.toContain('dependencies');
    },
  );

  it('lets nobody keep what the API answers, and does not count files as questions', async () => {
    const answer = await get('/api/v1/session');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('x-ratelimit-remaining')).not.toBeNull();
    expect((await get(await script())).headers.get('x-ratelimit-remaining')).toBeNull();
  });

  it('refuses a read after a write that it does not understand by name', async () => {
    const answer = await get('/api/v1/health/live', { 'centum-after': 'yesterday' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'http.centum-after-malformed' });
  });

  it('answers a read that comes after everything as things stand, and says what had not come so far', async () => {
    const answer = await get('/api/v1/health/live', { 'centum-after': '1.999999999' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('centum-behind')).toContain('appraisal');
  });
});
