import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  checkScheme,
  indicatorLibrary,
  type LibraryEntry,
  type LibraryFact,
  libraryFacts,
  type LibraryRating,
  libraryRatings,
  SCHEME_LIMITS,
  type SchemeFinding,
  schemeJsonSchema,
} from '#libs/scheme';
import { zTitle } from '#libs/scheme/contracts';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';

const zText = z.strictObject({ yaml: z.string().min(1).max(SCHEME_LIMITS.textChars) });
const zFinding = z
  .strictObject({
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    /** Members and indexes joined by dots: the field it belongs to. */
    path: z.string(),
    line: z.int(),
    column: z.int(),
    sentence: zTitle,
    detail: z.string(),
  })
  .meta({ id: 'SchemeFinding' });
const zFindings = z.strictObject({ ok: z.boolean(), findings: z.array(zFinding) });
const zLibraryFact = z.strictObject({ key: z.string(), title: zTitle, unit: z.string(), source: z.string().nullable() });
const zLibraryRating = z.strictObject({ key: z.string(), title: zTitle, type: z.string() });
const zLibraryEntry = z
  .strictObject({
    id: z.string(),
    title: zTitle,
    help: zTitle.nullable(),
    formula: zTitle,
    unit: z.enum(['percent', 'count', 'days', 'points', 'word']),
    facts: z.array(zLibraryFact),
    ratings: z.array(zLibraryRating),
    method: z.string(),
    settings: z.record(z.string(), z.string()).describe('What its method is given unless a scheme says otherwise'),
  })
  .meta({ id: 'LibraryIndicator' });
const zLibrary = z.strictObject({ items: z.array(zLibraryEntry), facts: z.array(zLibraryFact), ratings: z.array(zLibraryRating) });

/** What helps to write a scheme: its check, the indicators to pick from, and its JSON Schema for editors. */
@ApiTags('schemes')
@Controller('schemes')
export class SchemeToolsController {
  constructor(@Inject(Access) private readonly access: Access) {}

  /** All that is wrong or probably not meant in a text, by field and by line, in both languages. Nothing is stored. */
  @Post('check')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: zFindings })
  async check(
    @Body({ schema: zText }) { yaml }: z.infer<typeof zText>,
    @CallerParam() caller: Caller,
  ): Promise<{ ok: boolean; findings: SchemeFinding[] }> {
    await this.access.require(caller, 'scheme.draft');
    const findings = [...checkScheme(yaml)];
    return { ok: findings.every(({ severity }) => severity !== 'error'), findings };
  }

  @Get('library')
  @ApiOkResponse({ standardSchema: zLibrary })
  async library(@CallerParam() caller: Caller): Promise<{ items: LibraryEntry[]; facts: LibraryFact[]; ratings: LibraryRating[] }> {
    await this.access.require(caller, 'scheme.read');
    return { items: [...indicatorLibrary()], facts: [...libraryFacts()], ratings: [...libraryRatings()] };
  }

  /** JSON Schema 2020-12 of the scheme language, as `docs/schemes/scheme.schema.json` holds it. */
  @Get('json-schema')
  @ApiOkResponse({ standardSchema: z.record(z.string(), z.unknown()) })
  async jsonSchema(@CallerParam() caller: Caller): Promise<Record<string, unknown>> {
    await this.access.require(caller, 'scheme.read');
    return schemeJsonSchema();
  }
}
