import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Clock } from '#kernel';
import { lateOf, type Todo, type TodoPage, todosOf } from '#libs/appraisal';
import type { CycleReader } from '#libs/cycle/contracts';
import { zUuid } from '#libs/kernel/schema';
import type { ReadDb } from '#libs/projections';
import { CLOCK } from '#libs/runtime';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage, zPageQuery } from '../http/page';
import { CYCLES, READ_DB } from '../tokens';
import { zTodo } from './appraisals.shapes';

const zLateQuery = zPageQuery.extend({ phase: z.enum(['self-review', 'manager-review', 'second-review', 'confirm']) });
interface TodoBody {
  items: (Todo & { readonly name: string | null })[];
  next?: string;
}

@ApiTags('todo')
@Controller()
export class TodoController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** What the caller must do, and by when. */
  @Get('me/todo')
  @ApiOkResponse({ standardSchema: zPage(zTodo) })
  async mine(@Query({ schema: zPageQuery }) query: z.infer<typeof zPageQuery>, @CallerParam() caller: Caller): Promise<TodoBody> {
    const { after, limit } = query;
    return this.#named(
      await todosOf(
        { read: this.read, cycles: this.cycles },
        { person: caller.subject, roles: caller.roles, now: this.clock.now(), limit, ...(after === undefined ? {} : { after }) },
      ),
    );
  }

  /** Who is late in a cycle. */
  @Get('cycles/:cycleId/late')
  @ApiOkResponse({ standardSchema: zPage(zTodo) })
  async late(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Query({ schema: zLateQuery }) query: z.infer<typeof zLateQuery>,
    @CallerParam() caller: Caller,
  ): Promise<TodoBody> {
    await this.access.require(caller, 'cycle.manage');
    const { phase, after, limit } = query;
    return this.#named(
      await lateOf(
        { read: this.read, cycles: this.cycles },
        { cycleId, phase, now: this.clock.now(), limit, ...(after === undefined ? {} : { after }) },
      ),
    );
  }

  async #named(page: TodoPage): Promise<TodoBody> {
    const names = await this.names.of(page.items.map(({ subject }) => subject));
    const items = page.items.map((todo) => ({ ...todo, name: names.get(todo.subject) ?? null }));
    return page.next === undefined ? { items } : { items, next: page.next };
  }
}
