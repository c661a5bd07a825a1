import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ownUntil } from '#libs/appraisal';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage } from '../http/page';
import { APPRAISALS, CYCLES } from '../tokens';
import { type AppraisalBody, appraisalBody, zAppraisal } from './appraisals.shapes';

const MOST = 100;

@ApiTags('appraisals')
@Controller('appraisals')
export class OwnAppraisalsController {
  constructor(
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** The caller's own, newest period first; until when they may be confirmed or appealed, an extension included. */
  @Get('mine')
  @ApiOkResponse({ standardSchema: zPage(zAppraisal) })
  async mine(@CallerParam() caller: Caller): Promise<{ items: AppraisalBody[] }> {
    const views = await this.appraisals.ofSubject(caller.subject, MOST);
    const names = await this.names.of([caller.subject]);
    const phases = await this.#phasesOf(views.filter(({ status }) => status === 'published').map(({ cycleId }) => cycleId));
    return {
      items: views.map((view) => {
        const own = phases.get(view.cycleId);
        const body = appraisalBody(view, { own: true, pay: true, reviewing: undefined }, names.get(view.subject) ?? null);
        if (own === undefined) return body;
        return {
          ...body,
          confirmUntil: body.confirmUntil && ownUntil(view.confirmUntil, own, 'confirmation'),
          appealUntil: body.appealUntil && ownUntil(view.appealUntil, own, 'appeals'),
        };
      }),
    };
  }

  /** What is planned now, an extension included. */
  async #phasesOf(cycleIds: readonly string[]): Promise<ReadonlyMap<string, CycleView['phases']>> {
    const views = await Promise.all([...new Set(cycleIds)].map((cycleId) => this.cycles.cycle(cycleId)));
    return new Map(views.flatMap((view) => (view ? [[view.cycleId, view.phases] as const] : [])));
  }
}
