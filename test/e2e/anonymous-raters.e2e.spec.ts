import { z } from 'zod';
import { ApiProblem } from '#apps/cli/client';
import type { Company, SignedIn } from '#apps/cli/walkthrough';
import { startTestProduct, type TestProduct } from './product';
import { CARD_CASES } from './templates/card-cases';
import { importNumbers, signInEverybody } from './templates/cast';
import { Office } from './templates/office';
import type { TemplateCase } from './templates/people-of-cases';
import { walkTemplates } from './templates/walk';

jest.setTimeout(480_000);

/** Everything that is asked of the product about one appraisal, with what only the log's place or the time changes. */
const ROUTES = [
  '/appraisals/{id}',
  '/appraisals/{id}/explanation',
  '/appraisals/{id}/rating-lines',
  '/appraisals/{id}/peers',
  '/appraisals/{id}/peer-review',
  '/appraisals/{id}/figures',
  '/appraisals/{id}/words',
  '/appraisals/{id}/colleagues',
  '/appraisals/mine',
  '/me/todo',
] as const;

interface Heard {
  readonly by: string;
  readonly route: string;
  readonly body: unknown;
}

/** Who was asked, by the event that says so; and the places of the log at which something happened to the appraisal. */
const zTimeline = z.object({
  entries: z.array(z.looseObject({ position: z.number(), type: z.string(), actor: z.string(), data: z.looseObject({}) })),
});

describe('who answered what about a colleague is told to nobody, whoever asks what and when', () => {
  let product: TestProduct;
  let company: Company;
  let office: Office | undefined;
  let appraisalId = '';
  let cycleId = '';
  let peers: readonly SignedIn[] = [];
  const heard: Heard[] = [];

  beforeAll(async () => {
    product = await startTestProduct();
    company = await signInEverybody(product);
    office = new Office(company);
    office.start();
    const template = quarterAlone();
    await importNumbers(company.withRole('planning'), [template]);
    const [walked] = (await walkTemplates({ company, office }, [template]).get(template.template)) ?? [];
    const first = template.stages[0]?.[0]?.people[0];
    if (!walked || !first) throw new Error('no cycle was walked');
    cycleId = walked.cycleId;
    appraisalId = `${cycleId}.${company.employee(first.who).subject}`;
    peers = first.peers.map((who) => company.employee(who));
    await listen();
  });
  afterAll(async () => {
    await office?.close();
    await product.stop();
  });

  /** Everybody asks everything, now and as of each moment of the appraisal; the auditor the timelines and every difference, too. */
  async function listen(): Promise<void> {
    const auditor = company.withRole('auditor');
    const stream = `appraisal-${appraisalId}`;
    const timeline = await ask(auditor, '/audit/timeline', { stream, limit: 200 });
    const moments = zTimeline.parse(timeline).entries.map(({ position }) => position);
    for (const person of company.people) for (const route of ROUTES) await ask(person, route.replace('{id}', appraisalId), {});
    for (const person of [auditor, company.withRole('hr'), company.employee('T101')])
      for (const asOf of moments) await ask(person, `/appraisals/${appraisalId}`, { asOf });
    await ask(company.withRole('hr'), '/appraisals', { cycleId });
    for (const person of company.people)
      for (const route of ['/appraisals/sheets', '/appraisals/team', '/appraisals/team/completion']) await ask(person, route, { cycleId });
    for (const peer of peers) await ask(auditor, '/audit/timeline', { about: peer.subject, limit: 200 });
    const [last = 0] = moments;
    for (const from of [0, ...moments]) await ask(auditor, '/audit/difference', { appraisalId, from, to: Math.max(from, last) });
  }

  async function ask(person: SignedIn, route: string, query: Readonly<Record<string, string | number>>): Promise<unknown> {
    try {
      const body = await person.api.get(route, z.unknown(), query);
      heard.push({ by: person.login, route: `${route} ${JSON.stringify(query)}`, body });
      return body;
    } catch (error) {
      // What may not be seen is refused; that is an answer, too.
      if (!(error instanceof ApiProblem)) throw error;
      heard.push({ by: person.login, route, body: error.body });
      return undefined;
    }
  }

  it('has answers to tell: the means are there for those who may see the appraisal', () => {
    const text = JSON.stringify(heard);
    expect(peers).toHaveLength(3);
    expect(text).toContain('"group":"peers","raters":3');
    expect(text).toContain('PeerAnswersRecorded');
  });

  it('nothing that is said names a peer beside what peers answered', () => {
    const names = peers.map(({ subject }) => subject);
    const tied = heard.filter(({ body }) =>
      pieces(body).some((piece) => names.some((name) => piece.includes(name)) && /"peers\.[a-z]+"/.test(piece)),
    );
    expect(tied.map(({ by, route }) => `${by} ${route}`)).toEqual([]);
  });

  it('one answer alone stands nowhere, and the means come all at once', () => {
    const groups = heard.filter(({ route }) => route.startsWith(`/appraisals/${appraisalId} {"asOf"`)).map(({ body }) => peersIn(body));
    expect([...new Set(groups)].sort()).toHaveLength(2);
    for (const { body } of heard) expect(JSON.stringify(body)).not.toMatch(/"peers\.[a-z]+":"/);
  });

  it('lists of answers are in order of size, and only auditors see any', () => {
    const lists = heard.flatMap(({ by, body }) =>
      [...JSON.stringify(body).matchAll(/"peers\.[a-z]+":(\["[^\]]*\])/g)].map(([, list]) => ({ by, list })),
    );
    expect(new Set(lists.map(({ by }) => by))).toEqual(new Set([company.withRole('auditor').login]));
    for (const { list = '[]' } of lists) {
      const values = z.array(z.string()).parse(JSON.parse(list)).map(Number);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  });

  it('who was asked is not shown to the person, nor who answered to anybody but auditors', () => {
    const own = heard.filter(({ by }) => by === company.employee('T101').login);
    for (const { subject } of peers) expect(JSON.stringify(own)).not.toContain(subject);
    const shown = heard.filter(
      ({ by, route }) => route === `/appraisals/${appraisalId}/peers {}` && by !== company.withRole('auditor').login,
    );
    expect(shown.map(({ body }) => Object.keys(z.looseObject({}).parse(body)).sort())).toEqual(
      expect.arrayContaining([['answered', 'least', 'most', 'open', 'peers']]),
    );
  });
});

/** The quarter of the template of colleagues, without the year. */
function quarterAlone(): TemplateCase {
  const found = CARD_CASES.find(({ template }) => template === 'review-360');
  const quarter = found?.stages[0]?.[0];
  if (!found || !quarter) throw new Error('no case of colleagues');
  return { ...found, stages: [[quarter]] };
}

/** An answer in its smallest parts: each object without the lists of objects in it, which are parts of their own. */
function pieces(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(pieces);
  if (typeof value !== 'object' || value === null) return [];
  const lists: unknown[] = [];
  const text = JSON.stringify(value, (_key, member: unknown) => {
    if (!Array.isArray(member) || !member.some((item) => typeof item === 'object')) return member;
    lists.push(...(member as unknown[]));
    return undefined;
  });
  return [text, ...lists.flatMap(pieces)];
}

function peersIn(body: unknown): string {
  const { groups = [] } = z.looseObject({ groups: z.array(z.looseObject({ group: z.string() })).optional() }).parse(body);
  return JSON.stringify(groups.filter(({ group }) => group === 'peers'));
}
