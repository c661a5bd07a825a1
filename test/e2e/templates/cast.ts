import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ApiClient } from '#apps/cli/client';
import { Company, type SignedIn } from '#apps/cli/walkthrough';
import { PASSWORD, peopleWithAccounts } from '../company';
import type { TestProduct } from '../product';
import { type CycleCase, isTarget, type TemplateCase } from './people-of-cases';

const PEOPLE = path.join(__dirname, 'people.csv');
type Row = Readonly<Record<string, string>>;
const zRows = z.object({ rows: z.number() });

/** One small company in which every chain of every template has somebody, signed in. */
export async function signInEverybody(product: TestProduct): Promise<Company> {
  await peopleWithAccounts(product, PEOPLE);
  return Company.signIn(new ApiClient({ url: product.url, token: undefined }), PEOPLE, PASSWORD);
}

/** Targets and facts of all people of all cycles, as two files for each template over HTTP. */
export async function importNumbers(planning: SignedIn, templates: readonly TemplateCase[]): Promise<void> {
  for (const template of templates) await importNumbersOf(planning, template);
}

async function importNumbersOf(planning: SignedIn, { template, stages }: TemplateCase): Promise<void> {
  const cycles = stages.flat();
  const targets = cycles.flatMap(({ period, people }) =>
    people.flatMap(({ who, facts }) =>
      Object.entries(facts).flatMap(([metric, value]) => (isTarget(metric) ? [{ owner: who, metric, period, value }] : [])),
    ),
  );
  const facts = cycles.flatMap((cycle) => factRows(template, cycle));
  const folder = mkdtempSync(path.join(tmpdir(), 'centum-templates-'));
  try {
    const send = async (route: string, rows: readonly Row[], query = {}): Promise<void> => {
      if (rows.length === 0) return;
      const file = path.join(folder, 'rows.csv');
      writeFileSync(file, csv(rows));
      await planning.api.post(route, zRows, { file: { path: file, type: 'text/csv' }, query });
    };
    await send('/imports/targets', targets);
    await send('/imports/facts', facts, { source: 'crm' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function factRows(template: string, { period, people }: CycleCase): readonly Row[] {
  return people.flatMap(({ who, facts, before }) =>
    [{ period, facts }, ...before].flatMap((recorded) => {
      const day = lastMonthOf(recorded.period) + '-15';
      return Object.entries(recorded.facts)
        .filter(([metric]) => !isTarget(metric))
        .map(([metric, value]) => ({
          employee_no: who,
          metric,
          value,
          happened_on: day,
          record_id: `${template}-${who}-${recorded.period}-${metric}`,
        }));
    }),
  );
}

/** Nothing in them needs quotes. */
function csv(rows: readonly Row[]): string {
  const header = Object.keys(rows[0] ?? {});
  return [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))].map((cells) => `${cells.join(',')}\n`).join('');
}

/** `2026-Q3` → `2026-09`, `2026` → `2026-12`. */
function lastMonthOf(period: string): string {
  const [year = '', quarter] = period.split('-Q');
  if (quarter !== undefined) return `${year}-${String(3 * Number(quarter)).padStart(2, '0')}`;
  return period.length === 4 ? `${period}-12` : period;
}
