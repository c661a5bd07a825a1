import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ownUntil } from '#libs/appraisal';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
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
    const cycles = await this.cycles.byIds(views.filter(({ status }) => status === 'published').map(({ cycleId }) => cycleId));
    return {
      items: views.map((view) => {
        const phases = cycles.get(view.cycleId)?.phases;
        const body = appraisalBody(view, { own: true, pay: true, reviewing: undefined }, names.get(view.subject) ?? null);
        if (phases === undefined) return body;
        return {
          ...body,
          confirmUntil: body.confirmUntil && ownUntil(view.confirmUntil, phases, 'confirmation'),
          appealUntil: body.appealUntil && ownUntil(view.appealUntil, phases, 'appeals'),
        };
      }),
    };
  }
}
