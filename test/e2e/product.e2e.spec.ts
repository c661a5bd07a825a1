import { startTestProduct, type TestProduct } from './product';

jest.setTimeout(180_000);

describe('the product as it runs', () => {
  let product: TestProduct;
  beforeAll(async () => {
    product = await startTestProduct();
  });
  afterAll(() => product.stop());

  const get = (path: string): Promise<Response> => fetch(`${product.url}/api/v1${path}`);

  it('is ready and describes itself', async () => {
    expect(await (await get('/health/ready')).json()).toEqual({ ready: true });
    const description: unknown = await (await get('/openapi.json')).json();
    expect(description).toMatchObject({ openapi: expect.stringMatching(/^3\.1/), info: { title: 'Centum' } });
  });

  it.each(['/people', '/cycles', '/health'])('tells a stranger nothing: %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 401, code: expect.any(String) });
  });

  it('refuses what another site could post in a form', async () => {
    const answer = await fetch(`${product.url}/api/v1/session`, {
      method: 'POST',
      body: new URLSearchParams({ login: 'a', password: 'b' }),
    });
    expect(answer.status).toBe(415);
  });
});
