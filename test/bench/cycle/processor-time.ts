import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
/** Places in /proc/<pid>/stat after the name: parent, then user and system time, own and of children that have ended. */
const FIELD = { parent: 1, user: 11, system: 12, endedUser: 13, endedSystem: 14 } as const;

/** Processor seconds of a server and its child processes so far; undefined where the system does not say. */
export function processorSeconds(pid: number): number | undefined {
  try {
    const own = statOf(String(pid));
    let ticks = own[FIELD.user] + own[FIELD.system] + own[FIELD.endedUser] + own[FIELD.endedSystem];
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = statOrNothing(name);
      if (stat?.[FIELD.parent] === pid) ticks += stat[FIELD.user] + stat[FIELD.system];
    }
    return ticks / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

type Stat = Readonly<Record<(typeof FIELD)[keyof typeof FIELD], number>>;

/** A process may end between being listed and being read. */
function statOrNothing(pid: string): Stat | undefined {
  try {
    return statOf(pid);
  } catch {
    return undefined;
  }
}

function statOf(pid: string): Stat {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (index: number): number => Number(fields[index]);
  return { 1: at(1), 11: at(11), 12: at(12), 13: at(13), 14: at(14) };
}
