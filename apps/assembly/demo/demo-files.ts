import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Period, plainDay } from '#kernel';
import { type DemoDates, shiftedDay } from './demo-dates';

/** The build copies the files beside the code, so both sources and what was built find them here. */
const FOLDER = path.join(__dirname, 'data');
const DATE = /\b(\d{4}-\d{2})(-\d{2})?\b/g;

export interface DemoPerson {
  readonly employeeNo: string;
  readonly login: string;
  readonly roles: readonly string[];
  readonly team: string;
}

/** Everybody once; who was transferred has several rows. */
export function demoPeople(): readonly DemoPerson[] {
  const people = new Map<string, DemoPerson>();
  for (const line of text('people').trim().split('\n').slice(1)) {
    const [employeeNo = '', , login = '', roles = '', , , team = ''] = line.split(',');
    people.set(employeeNo, { employeeNo, login, roles: roles.split(';'), team });
  }
  return [...people.values()];
}

export function peopleFile(dates: DemoDates): Buffer {
  return shifted('people', dates);
}

export function monthFile(kind: 'targets' | 'facts', month: Period, dates: DemoDates): Buffer {
  const inFile = shiftedDay(plainDay(`${month}-01`), { ...dates, shiftMonths: -dates.shiftMonths });
  return shifted(`${kind}-${inFile.slice(0, 7)}`, dates);
}

/** The files tell of fixed months; the demo is of the last ones, whenever it starts. */
function shifted(name: string, dates: DemoDates): Buffer {
  const moved = text(name).replace(DATE, (_, month: string, day: string | undefined) => {
    const there = shiftedDay(plainDay(`${month}${day ?? '-01'}`), dates);
    return day === undefined ? there.slice(0, 7) : there;
  });
  return Buffer.from(moved);
}

function text(name: string): string {
  return readFileSync(path.join(FOLDER, `${name}.csv`), 'utf8');
}
