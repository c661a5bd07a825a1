import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isSubjectId, Rejection } from '#kernel';
import { explainAppraisal, type ExplainedScore, type Scoring } from '#libs/appraisal';
import type { AppraisalReader, AppraisalView } from '#libs/appraisal/contracts';
import type { EventLog, EventRegistry, RecordedEvent } from '#libs/event-store';
import type { FactsReader } from '#libs/facts/contracts';
import { zInstant } from '#libs/kernel/schema';
import type { ReadDb } from '#libs/projections';
import { EVENT_LOG } from '#libs/runtime';
import type { SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { positionOf } from '../http/as-of';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { PAGE_LIMIT, zAsOf, zPage, zPageQuery } from '../http/page';
import { APPRAISALS, EVENT_REGISTRY, FACTS, READ_DB, SCHEME_SOURCE, SCORING } from '../tokens';
import { readableAppraisal, sightOf } from './appraisal-sight';
import { factLeaves } from './explanation-facts.query';
import { type ImportOfLeaf, type Leaf, type LeafBody, zAppraisalId, zLeaf } from './explanation-facts.shapes';
import { ratingLeaves } from './explanation-ratings.query';
import { isPayMetric, withoutPay } from './without-pay';

const LEAF_LIMITS = { leaves: 2_000, readsAtOnce: 10 } as const;
const zQuery = zPageQuery.extend({
  which: z.enum(['current', 'published']).default('current'),
  key: z.string().min(1).max(120).optional().describe('Only what stands under this key of the tree'),
  asOf: zAsOf,
  after: z.coerce.number().int().min(0).max(LEAF_LIMITS.leaves).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT.most).default(100),
});
/** What the starts of imports of facts and of targets say. */
const zImportStarted = z.looseObject({
  source: z.string().optional(),
  fileHash: z.string().optional(),
  rows: z.int().optional(),
  profile: z.looseObject({ name: z.string() }).optional(),
});
const zCompleted = z.looseObject({ completedAt: zInstant });

/** From a number to the records that it stands on. */
@ApiTags('appraisals')
@Controller('appraisals')
export class ExplanationFactsController {
  constructor(
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(SCORING) private readonly scoring: Scoring,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(FACTS) private readonly facts: FactsReader,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(EVENT_REGISTRY) private readonly registry: EventRegistry,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** What stands under the leaves of the explanation: source, record, day, when it was recorded and by which import. Seen as the explanation is. */
  @Get(':appraisalId/explanation/facts')
  @ApiOkResponse({ standardSchema: zPage(zLeaf) })
  async explanationFacts(
    @Param('appraisalId', { schema: zAppraisalId }) appraisalId: string,
    @Query({ schema: zQuery }) query: z.infer<typeof zQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: LeafBody[]; next?: string }> {
    const asOf = await positionOf(query.asOf, this.read, this.log);
    const view = await readableAppraisal({ appraisals: this.appraisals, access: this.access }, { appraisalId, asOf }, caller);
    const sight = await sightOf(this.access, view, caller);
    const explained =
      sight.own && view.publishedAt === null
        ? undefined
        : await explainAppraisal(
            { read: this.read, scoring: this.scoring },
            { appraisalId, which: query.which, ...(asOf === undefined ? {} : { asOf }) },
          );
    if (!explained) throw new Rejection('appraisal.score-not-found', { appraisalId });
    const hidden = sight.pay ? undefined : withoutPay(explained.explanation);
    const leaves = (await this.#leaves(view, explained, asOf)).filter(
      ({ key, metric }) => (query.key === undefined || key === query.key) && (!hidden || (hidden.showsFact(key) && !isPayMetric(metric))),
    );
    const first = query.after ?? 0;
    const next = first + query.limit;
    const items = await this.#told(leaves.slice(first, next));
    return next < leaves.length ? { items, next: String(next) } : { items };
  }

  async #leaves(view: AppraisalView, explained: ExplainedScore, asOf: number | undefined): Promise<readonly Leaf[]> {
    const { basis } = explained;
    const scheme = await this.schemes.scheme(basis.scheme.schemeId, basis.scheme.version);
    if (!scheme) throw new Rejection('appraisal.score-not-found', { appraisalId: view.appraisalId });
    const events = await this.#ownEvents(view.appraisalId, asOf);
    const facts = await factLeaves({ read: this.read, facts: this.facts }, { view, scheme, basis });
    return [...facts, ...ratingLeaves(basis, events)].slice(0, LEAF_LIMITS.leaves);
  }

  async #ownEvents(appraisalId: string, asOf: number | undefined): Promise<readonly RecordedEvent[]> {
    const { events } = await this.log.readStream(`appraisal-${appraisalId}`, asOf === undefined ? {} : { toPosition: asOf });
    return events.map((event) => this.registry.decode(event));
  }

  /** When, by whom and with which import: asked of the log, for the leaves of one page. */
  async #told(leaves: readonly Leaf[]): Promise<LeafBody[]> {
    const events = await this.#eventsAt(leaves.map(({ position }) => position));
    const imports = await this.#importsOf(leaves);
    const actors = [...events.values()].map(({ metadata }) => metadata.actor);
    const people = [...actors, ...[...imports.values()].flatMap(({ by }) => by ?? [])].filter(isSubjectId);
    const names = new Map<string, string>(await this.names.of(people));
    return leaves.map(({ importedBy, ...known }) => {
      const event = events.get(known.position);
      const from = importedBy && imports.get(importedBy.importId);
      // Answers of a group are recorded by whoever enters them; nobody is named beside them.
      const by = event && known.value !== null ? event.metadata.actor : null;
      return {
        ...known,
        type: event?.type ?? null,
        recordedAt: event?.recordedAt ?? null,
        by,
        byName: by === null ? null : (names.get(by) ?? null),
        import: from ? { ...from, byName: from.by === null ? null : (names.get(from.by) ?? null) } : null,
      };
    });
  }

  async #eventsAt(positions: readonly number[]): Promise<ReadonlyMap<number, RecordedEvent>> {
    const found = new Map<number, RecordedEvent>();
    const wanted = [...new Set(positions)].filter((position) => position > 0);
    for (let first = 0; first < wanted.length; first += LEAF_LIMITS.readsAtOnce) {
      const some = wanted.slice(first, first + LEAF_LIMITS.readsAtOnce);
      const slices = await Promise.all(some.map((position) => this.log.readAll(position - 1, { maxEvents: 1 })));
      for (const [stored] of slices) if (stored) found.set(stored.position, this.registry.decode(stored));
    }
    return found;
  }

  async #importsOf(leaves: readonly Leaf[]): Promise<ReadonlyMap<string, ImportOfLeaf>> {
    const imports = new Map(leaves.flatMap(({ importedBy }) => (importedBy ? [[importedBy.importId, importedBy.of] as const] : [])));
    const found = new Map<string, ImportOfLeaf>();
    for (const [importId, of] of imports) {
      const { events } = await this.log.readStream(`${of === 'facts' ? 'factimport' : 'targetimport'}-${importId}`, { maxEvents: 50 });
      const decoded = events.map((event) => this.registry.decode(event));
      const started = decoded.find(({ type }) => type.endsWith('ImportStarted'));
      const said = zImportStarted.safeParse(started?.data).data;
      const completed = decoded.find(({ type }) => type.endsWith('ImportCompleted'));
      const first = decoded[0];
      found.set(importId, {
        importId,
        of,
        source: said?.source ?? null,
        profile: said?.profile?.name ?? null,
        fileHash: said?.fileHash ?? null,
        rows: said?.rows ?? null,
        completedAt: zCompleted.safeParse(completed?.data).data?.completedAt ?? first?.recordedAt ?? null,
        by: first?.metadata.actor ?? null,
        byName: null,
      });
    }
    return found;
  }
}
