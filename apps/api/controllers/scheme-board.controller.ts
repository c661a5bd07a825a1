import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isSubjectId } from '#kernel';
import { zCode } from '#libs/kernel/schema';
import { SCHEME_STATUSES, type SchemeReader, type SchemeVersionRow } from '#libs/scheme/contracts';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { SCHEMES } from '../tokens';
import { zSchemeVersion } from './scheme-life.shapes';

const zBoardQuery = z.strictObject({ schemeId: zCode.optional(), status: z.enum(SCHEME_STATUSES).optional() });
const zBoardVersion = zSchemeVersion
  .omit({ yaml: true })
  .extend({
    draftedByName: z.string().nullable().describe('Null where the name was erased, or where the product drafted it'),
    approvedByName: z.string().nullable(),
  })
  .meta({ id: 'SchemeBoardVersion' });
type BoardVersion = z.infer<typeof zBoardVersion>;

/** The versions of all schemes without their texts, with who drafted and approved them: for lists and for choosing. */
@ApiTags('schemes')
@Controller('schemes/board')
export class SchemeBoardController {
  constructor(
    @Inject(SCHEMES) private readonly schemes: SchemeReader,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** At most 500, by scheme and version. */
  @Get()
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zBoardVersion) }) })
  async board(
    @Query({ schema: zBoardQuery }) { schemeId, status }: z.infer<typeof zBoardQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: BoardVersion[] }> {
    await this.access.require(caller, 'scheme.read');
    const rows = await this.schemes.versions({
      ...(schemeId === undefined ? {} : { schemeId }),
      ...(status === undefined ? {} : { status }),
    });
    const people = rows.flatMap(({ draftedBy, approvedBy }) => [draftedBy, approvedBy]).filter(isPerson);
    const names = await this.names.of(people);
    const nameOf = (actor: string | null): string | null => (isPerson(actor) ? (names.get(actor) ?? null) : null);
    return { items: rows.map((row) => boardVersion(row, nameOf)) };
  }
}

/** What the product does by itself has no name. */
function isPerson(actor: string | null): actor is Parameters<NameBook['of']>[0][number] {
  return actor !== null && isSubjectId(actor);
}

function boardVersion({ yaml: _, ...row }: SchemeVersionRow, nameOf: (actor: string | null) => string | null): BoardVersion {
  return { ...row, draftedByName: nameOf(row.draftedBy), approvedByName: nameOf(row.approvedBy) };
}
