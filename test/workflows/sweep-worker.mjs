// A worker process to be killed: its cohorts are pages of made-up people, each page written to a file before it is reported.
// node sweep-worker.mjs <address> <task queue> <bundle> <file> [page at which cohort 1 stops for ever]
import { appendFileSync } from 'node:fs';
import { Context } from '@temporalio/activity';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const [address, taskQueue, codePath, file, stopAt] = process.argv.slice(2);
const PAGES = 12;
const PAGE_PEOPLE = 100;

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue,
  workflowBundle: { codePath },
  workflowThreadPoolSize: 1,
  activities: {
    planSweep: async () => ({ cohorts: 3, asOf: 1 }),
    recordSweep: async ({ members, handled, requestKey }) => {
      appendFileSync(file, `recorded ${members} ${handled} ${requestKey}\n`);
      return { kind: 'done' };
    },
    sweepCohort: async ({ cohort }) => {
      const context = Context.current();
      const left = context.info.heartbeatDetails;
      let page = left ? Number(left.afterSubject) : 0;
      let handled = left ? left.handled : 0;
      if (left) appendFileSync(file, `resumed ${cohort} ${page}\n`);
      const beat = setInterval(() => context.heartbeat({ cohort, afterSubject: String(page), handled }), 500);
      while (page < PAGES) {
        if (cohort === 1 && page === Number(stopAt)) await new Promise(() => {});
        appendFileSync(file, `page ${cohort} ${page}\n`);
        page += 1;
        handled += PAGE_PEOPLE;
      }
      clearInterval(beat);
      return { members: PAGES * PAGE_PEOPLE, handled, excluded: [] };
    },
  },
});
await worker.run();
