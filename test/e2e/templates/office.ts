import { z } from 'zod';
import { ApiProblem } from '#apps/cli/client';
import type { Company, SignedIn } from '#apps/cli/walkthrough';
import type { CycleCase, Given, PersonCase } from './people-of-cases';

const zTodo = z.looseObject({
  kind: z.string(),
  appraisalId: z.string(),
  cycleId: z.string(),
  subject: z.string(),
  by: z.string().nullable(),
  role: z.string().nullable(),
  department: z.string().nullable(),
  part: z.number().nullable(),
  begun: z.boolean(),
});
const zTodos = z.object({ items: z.array(zTodo) });
const zLine = z.object({ key: z.string(), type: z.string(), to: z.string().nullable(), options: z.array(z.string()) });
const zTasks = z.object({
  items: z.array(
    z.object({
      step: z.string(),
      part: z.number().nullable(),
      department: z.string().nullable(),
      group: z.string().nullable(),
      lines: z.array(zLine),
    }),
  ),
});
const zPhase = z.object({ phase: z.string(), state: z.string() });
const zCycles = z.object({
  items: z.array(z.object({ cycleId: z.string(), status: z.string(), published: z.boolean(), phases: z.array(zPhase) })),
});
const zBatches = z.object({ items: z.array(z.object({ cycleId: z.string(), stage: z.string(), lines: z.number() })) });
const zReceipt = z.object({ id: z.string() });

type Todo = z.infer<typeof zTodo>;
type Line = z.infer<typeof zLine>;

/** Whom a task is about, and whether they are the last of their cycle. */
interface Concern {
  readonly about: PersonCase;
  readonly isLast: boolean;
}

interface Answer {
  readonly route: string;
  readonly body: object;
}

/** How long between two looks at everyone's list. */
const ROUND_MS = 1_500;

/** What is seen of the cycles, once a round. */
export interface Seen {
  readonly cycles: ReadonlyMap<string, z.infer<typeof zCycles>['items'][number]>;
  readonly batches: readonly z.infer<typeof zBatches>['items'][number][];
}

/** Everybody of the company at their desks: whoever finds something on their list does it, as the case of its cycle says. */
export class Office {
  readonly #cases = new Map<string, CycleCase>();
  readonly #done = new Set<string>();
  readonly #refused = new Map<string, string[]>();
  readonly #waiting = new Set<() => boolean>();
  #seen: Seen = { cycles: new Map(), batches: [] };
  #open = true;
  #working: Promise<void> = Promise.resolve();

  constructor(private readonly company: Company) {}

  start(): void {
    this.#working = this.#work();
    // Whoever waits hears of it at once; `close` throws it.
    this.#working.catch(() => this.#giveUp());
  }

  /** Thrown: what kept the office from going on. */
  async close(): Promise<void> {
    this.#open = false;
    await this.#working;
  }

  /** From now on the tasks of that cycle are done. */
  takeOn(cycleId: string, cycle: CycleCase): void {
    this.#cases.set(cycleId, cycle);
  }

  /** Acts of that cycle that the product did not accept. */
  refused(cycleId: string): readonly string[] {
    return this.#refused.get(cycleId) ?? [];
  }

  /** Thrown when it is not seen in time: Error with what was waited for and what was refused meanwhile. */
  sees<T>(cycleId: string, what: string, withinMs: number, look: (seen: Seen) => T | undefined): Promise<T> {
    const end = performance.now() + withinMs;
    return new Promise((resolve, reject) => {
      const check = (): boolean => {
        const found = look(this.#seen);
        if (found !== undefined) resolve(found);
        else if (performance.now() > end) reject(new Error(`waited ${withinMs} ms in vain: ${what}; ${this.#state(cycleId)}`));
        else if (!this.#open) reject(new Error(`the office closed before: ${what}; ${this.#state(cycleId)}`));
        else return false;
        return true;
      };
      this.#waiting.add(check);
    });
  }

  #state(cycleId: string): string {
    const phases = this.#seen.cycles.get(cycleId)?.phases.map(({ phase, state }) => `${phase} ${state}`) ?? [];
    return `${phases.join(', ')}; refused: ${this.refused(cycleId).join('; ') || 'nothing'}`;
  }

  async #work(): Promise<void> {
    while (this.#open) {
      await Promise.all([this.#look(), ...this.company.people.map((person) => this.#doAll(person))]);
      await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
    }
    this.#giveUp();
  }

  #giveUp(): void {
    this.#open = false;
    for (const check of this.#waiting) check();
    this.#waiting.clear();
  }

  async #doAll(person: SignedIn): Promise<void> {
    const { items } = await person.api.get('/me/todo', zTodos, { limit: 200 });
    for (const todo of items) await this.#do(person, todo);
  }

  async #look(): Promise<void> {
    const hr = this.company.withRole('hr').api;
    const finance = this.company.withRole('finance').api;
    const { items } = await hr.get('/cycles', zCycles, { limit: 100 });
    const batches = (await finance.get('/payouts', zBatches, { limit: 100 })).items;
    this.#seen = { cycles: new Map(items.map((cycle) => [cycle.cycleId, cycle])), batches };
    for (const check of [...this.#waiting]) if (check()) this.#waiting.delete(check);
  }

  async #do(person: SignedIn, todo: Todo): Promise<void> {
    const cycle = this.#cases.get(todo.cycleId);
    const subject = this.company.who(todo.subject);
    const about = cycle?.people.find(({ who }) => who === subject.employeeNo);
    const name = [todo.kind, todo.appraisalId, todo.by, todo.role, todo.department, todo.part].join(' ');
    if (!cycle || !about || !todo.begun || this.#done.has(name) || about.undone.includes(todo.kind)) return;
    this.#done.add(name);
    try {
      const answer = await this.#answer(person, todo, { about, isLast: cycle.people.at(-1) === about });
      if (answer) await person.api.post(`/appraisals/${todo.appraisalId}/${answer.route}`, zReceipt, { body: answer.body });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      // On a busy machine a deadline may come first; without a self-review a score stands all the same.
      if (todo.kind === 'self-review' && error.code === 'appraisal.step-closed') return;
      const refused = `${person.login} ${todo.kind} of ${subject.login}: ${error.message} ${JSON.stringify(error.body)}`;
      this.#refused.set(todo.cycleId, [...this.refused(todo.cycleId), refused]);
    }
  }

  /** What a task asks for; undefined where the person lets it be. */
  async #answer(person: SignedIn, todo: Todo, { about, isLast }: Concern): Promise<Answer | undefined> {
    switch (todo.kind) {
      case 'self-review': {
        const ratings = await this.#ratings(person, todo, about);
        return act({ kind: 'submit-self-review', input: { ratings, comment: '本期重点客户均已跟进。' } });
      }
      case 'manager-review':
      case 'department-review': {
        const ratings = await this.#ratings(person, todo, about);
        const department = todo.department === null ? {} : { department: todo.department };
        const part = todo.part === null ? {} : { part: todo.part };
        return act({ kind: 'submit-manager-score', input: { ratings, ...department, ...part, comment: '与记录一致。' } });
      }
      case 'second-review':
        return act({ kind: 'approve-second-review', input: { comment: '同意。' } });
      case 'nominate-peers':
        return { route: 'peers', body: { peers: about.peers.map((who) => this.company.employee(who).subject) } };
      case 'peer-review': {
        const ratings = answersOf('peers', about.ratings)[about.peers.indexOf(person.employeeNo)];
        return ratings && { route: 'peer-review', body: { ratings } };
      }
      case 'customer-answers':
        return { route: 'customer-answers', body: { rows: answersOf('customers', about.ratings) } };
      // The last of each cycle says nothing: silence is taken for it when the window ends.
      case 'confirm':
        return !isLast ? act({ kind: 'confirm' }) : undefined;
      default:
        throw new Error(`nobody knows how to do ${todo.kind}`);
    }
  }

  async #ratings(person: SignedIn, { appraisalId, kind, department, part }: Todo, about: PersonCase): Promise<object> {
    const { items } = await person.api.get(`/appraisals/${appraisalId}/rating-lines`, zTasks);
    const step = kind === 'self-review' ? kind : 'manager-review';
    const task = items.find(
      (item) => item.step === step && item.department === department && item.group === null && (part ?? item.part) === item.part,
    );
    return Object.fromEntries((task?.lines ?? []).flatMap((line) => this.#rating(line, about)));
  }

  /** As given; otherwise the line in full, and nothing in lists. */
  #rating({ key, type, to, options }: Line, { ratings, awards }: PersonCase): readonly (readonly [string, unknown])[] {
    const own = ratings[key];
    if (own !== undefined) return [[key, own]];
    switch (type) {
      case 'points':
        return [[key, to ?? '0']];
      case 'occurrences':
        return [[key, '0']];
      case 'word':
        return [[key, options[0] ?? '']];
      case 'awards': {
        const given = awards.map(({ amount, reason, approvedBy }) => ({
          amount,
          reason,
          approved_by: approvedBy.map((who) => this.company.employee(who).subject),
        }));
        return given.length > 0 ? [[key, given]] : [];
      }
      default:
        return [];
    }
  }
}

function act(body: object): Answer {
  return { route: 'acts', body };
}

/** The lists of a group, one answer a rater, as what each rater says of all lines. */
function answersOf(group: string, ratings: Given): readonly Readonly<Record<string, string>>[] {
  const lists = Object.entries(ratings).flatMap(([line, list]) =>
    line.startsWith(`${group}.`) && Array.isArray(list) ? [{ line, list }] : [],
  );
  const raters = Math.max(0, ...lists.map(({ list }) => list.length));
  return Array.from({ length: raters }, (_, rater) => Object.fromEntries(lists.map(({ line, list }) => [line, list[rater] ?? ''])));
}
