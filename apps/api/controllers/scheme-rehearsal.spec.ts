import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import fastify, { type FastifyReply } from 'fastify';
import type { SubjectId } from '#kernel';
import { REHEARSAL_LIMITS, type Rehearsals } from '#libs/scheme';
import { eventually } from '#libs/testing';
import type { Caller } from '../http/caller';
import { SchemeRehearsalController } from './scheme-rehearsal.controller';
import type { RehearsalBody } from './scheme-rehearsal.shapes';

const FINANCE: Caller = { subject: '0190f000-0000-7000-8000-000000000001' as SubjectId, roles: ['finance'], token: 't' };
const BODY: RehearsalBody = {
  scheme: { schemeId: 'any', version: 1 },
  periods: ['2026-09'],
  ratings: { carry: {}, defaults: {} },
  reevaluate: false,
};
const SUMMARY = {
  draft: { schemeId: 'any', version: 1, title: { 'zh-CN': '方案', en: 'Scheme' } },
  against: { schemeId: 'any', version: 1 },
  asOf: 7,
  log: { before: 7, after: 7 },
  periods: [],
  cost: { published: '0', again: null, draft: '0', difference: '0' },
};

/** Rehearsals that are over at once. */
const rehearsals: Rehearsals = {
  summary: () => Promise.resolve(SUMMARY),
  page: () => Promise.resolve({ asOf: 7, items: [] }),
  rows: async function* () {
    yield [];
  },
};

describe('the place of a rehearsal', () => {
  it.each(['a file', 'progress', 'a summary'])('is given back when whoever asked for %s has left', async (what) => {
    const controller = new SchemeRehearsalController(
      rehearsals,
      { require: () => Promise.resolve(), allows: () => Promise.resolve(true) },
      { record: () => Promise.resolve() },
      { error: () => undefined },
    );
    const answer = (reply: FastifyReply): Promise<void> =>
      what === 'a file'
        ? controller.csv(BODY, FINANCE, reply)
        : controller.rehearse(BODY, FINANCE, what === 'progress' ? 'text/event-stream' : undefined, reply);
    const server = fastify();
    const left = new EventEmitter();
    server.post('/', async (asked, reply) => {
      // Nobody is there any more when the question is looked at.
      const gone = once(asked.raw.socket, 'close');
      left.emit('asked');
      await gone;
      await answer(reply);
      left.emit('answered');
    });
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    try {
      for (let time = 0; time < REHEARSAL_LIMITS.running; time += 1) {
        const answered = once(left, 'answered');
        const client = request(url, { method: 'POST' }).on('error', () => undefined);
        left.once('asked', () => client.destroy());
        client.end();
        await answered;
      }
      await eventually(() => controller.people(BODY, { limit: 1 }, FINANCE), { timeoutMs: 5_000 });
    } finally {
      await server.close();
    }
  });
});
