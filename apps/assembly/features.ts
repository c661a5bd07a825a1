import type { DynamicModule, Type } from '@nestjs/common';
import { AppealModule, type AppealDesk, createAppealDesk, createAppealReader, createAppealSummaries, createAppealWork } from '#libs/appeal';
import type { AppealReader, AppealWork } from '#libs/appeal/contracts';
import {
  type AppraisalActs,
  AppraisalModule,
  appraisalProjections,
  appraisalReactors,
  correctionReactors,
  createAppraisalActs,
  createAppraisalReader,
  createCycleSweeps,
  createRaters,
  createResultSummaries,
  createScoring,
  createTrialInputs,
  type Raters,
  remindableOf,
  type Scoring,
} from '#libs/appraisal';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import {
  createCyclePhases,
  cycleProjections,
  createCycleReader,
  createCycleReminders,
  createCycleStart,
  CycleModule,
  type CyclePhases,
  type CycleReminders,
  cycleReactors,
  type CycleStart,
} from '#libs/cycle';
import type { CycleReader, CycleSweeps } from '#libs/cycle/contracts';
import {
  BUILT_IN_PROFILES,
  createFactImports,
  createFactsReader,
  createFactStore,
  createImportProfiles,
  createImportProfilesReader,
  type FactImports,
  FactsModule,
  factsProjections,
} from '#libs/facts';
import type { FactsReader, ImportProfilesReader } from '#libs/facts/contracts';
import {
  createKnownPeopleQuery,
  createOrganisationReader,
  createPeopleImports,
  OrganisationModule,
  organisationProjections,
  type PeopleImports,
} from '#libs/organisation';
import type { OrganisationReader } from '#libs/organisation/contracts';
import {
  createDepositDesk,
  createPayoutDesk,
  type DepositDesk,
  createPayoutReader,
  createPayoutWork,
  type PayoutDesk,
  PayoutModule,
  type PayoutParts,
  payoutReactors,
} from '#libs/payout';
import type { PayoutReader, PayoutWork } from '#libs/payout/contracts';
import type { AnyProjection, AnyReactor } from '#libs/projections';
import {
  createRehearsals,
  createSchemeDesk,
  createSchemeLifeReader,
  createSchemeReader,
  createSchemeReports,
  createSchemeSource,
  type Rehearsals,
  type SchemeDesk,
  SchemeModule,
  type SchemeReader,
  type SchemeSource,
} from '#libs/scheme';
import type { SchemeLifeReader, SchemeReports } from '#libs/scheme/contracts';
import {
  createTargetImports,
  createTargetsReader,
  createTargetStore,
  type TargetImports,
  TargetsModule,
  targetsProjections,
} from '#libs/targets';
import type { TargetsReader } from '#libs/targets/contracts';
import {
  CoachingModule,
  type CoachingDesk,
  coachingReactors,
  createCoachingDesk,
  createCoachingReader,
  createCoachingWork,
} from '#libs/coaching';
import type { CoachingReader, CoachingWork } from '#libs/coaching/contracts';
import { timelineReader, type TimelineReader } from '#libs/audit';
import type { Core } from './core';
import { PRODUCT_PROJECTIONS } from './projections';

export interface Readers {
  readonly organisation: OrganisationReader;
  readonly targets: TargetsReader;
  readonly facts: FactsReader;
  readonly profiles: ImportProfilesReader;
  readonly schemes: SchemeReader;
  readonly schemeSource: SchemeSource;
  readonly schemeLife: SchemeLifeReader;
  readonly schemeReports: SchemeReports;
  readonly cycles: CycleReader;
  readonly appraisals: AppraisalReader;
  readonly appeals: AppealReader;
  readonly payouts: PayoutReader;
  readonly plans: CoachingReader;
  readonly timelines: TimelineReader;
}

export interface Services {
  readonly schemeDesk: SchemeDesk;
  readonly rehearsals: Rehearsals;
  readonly people: PeopleImports;
  readonly targetImports: TargetImports;
  readonly factImports: FactImports;
  readonly cycleStart: CycleStart;
  readonly cyclePhases: CyclePhases;
  readonly cycleReminders: CycleReminders;
  readonly scoring: Scoring;
  readonly sweeps: CycleSweeps;
  readonly acts: AppraisalActs;
  readonly raters: Raters;
  readonly appealDesk: AppealDesk;
  readonly appealWork: AppealWork;
  readonly payoutDesk: PayoutDesk;
  readonly depositDesk: DepositDesk;
  readonly payoutWork: PayoutWork;
  readonly coachingDesk: CoachingDesk;
  readonly coachingWork: CoachingWork;
}

/** The product: what each feature gives, each made once and handed to whoever needs it. */
export interface Features {
  readonly readers: Readers;
  readonly services: Services;
  /** Nest modules with the command handlers. */
  readonly modules: readonly (DynamicModule | Type)[];
  readonly projections: readonly AnyProjection[];
  readonly reactors: readonly AnyReactor[];
}

export function assembleFeatures(core: Core): Features {
  const readers = makeReaders(core);
  const services = makeServices(core, readers);
  const { runner, privacy } = core;
  const profiles = createImportProfiles({ runner, organisation: readers.organisation, texts: privacy });
  return {
    readers,
    services,
    modules: [
      OrganisationModule.with(services.people),
      TargetsModule.with(services.targetImports),
      FactsModule.with({ imports: services.factImports, profiles }),
      SchemeModule,
      CycleModule.with({ start: services.cycleStart, reminders: services.cycleReminders }),
      AppraisalModule.with({ acts: services.acts, raters: services.raters }),
      AppealModule.with(services.appealDesk),
      PayoutModule.with(services.payoutDesk, services.depositDesk),
      CoachingModule.with(services.coachingDesk),
    ],
    projections: PRODUCT_PROJECTIONS,
    reactors: makeReactors(core, readers, services),
  };
}

/** How long a person's request waits for what it stands on. */
const SCORE_WAIT_MS = 5_000;

/** What membership and scores are taken from: a sweep waits until these have reached its position. */
const SWEEP_READS: readonly AnyProjection[] = [...organisationProjections, ...targetsProjections, ...factsProjections];

/** From an appeal's decision to what is paid for it: each step answers the one before. */
const CLOSING_WAITS: readonly (readonly string[])[] = [
  ['appeal', 'appeal-amendment'],
  ['payout_line', 'payout-holds'],
  ['payout-supplements'],
  ['payout_batch', 'payout_line'],
];

function makeReaders({ readDb, log, registry }: Core): Readers {
  const organisation = createOrganisationReader(readDb);
  const targets = createTargetsReader({ db: readDb, organisation });
  const schemes = createSchemeReader(readDb);
  const life = createSchemeLifeReader(readDb);
  const cycles = createCycleReader(readDb);
  const payouts = createPayoutReader(readDb);
  return {
    organisation,
    targets,
    facts: createFactsReader({ db: readDb, organisation, targets }),
    profiles: createImportProfilesReader(readDb, BUILT_IN_PROFILES),
    schemes,
    schemeSource: createSchemeSource(schemes),
    schemeLife: life,
    schemeReports: createSchemeReports({
      schemes,
      life,
      cycles,
      payouts,
      results: createResultSummaries(readDb),
      appeals: createAppealSummaries(readDb),
    }),
    cycles,
    appraisals: createAppraisalReader(readDb),
    appeals: createAppealReader(readDb),
    payouts,
    plans: createCoachingReader(readDb),
    timelines: timelineReader({ log, decoder: registry, readDb }),
  };
}

function makeServices(core: Core, readers: Readers): Services {
  const { runner, log, readDb: read, clock, ids, privacy: texts, registry, vault } = core;
  const { organisation, facts, cycles, appraisals, appeals, payouts, schemes, schemeSource } = readers;
  const scoring = createScoring({ facts, schemes: schemeSource, appraisals });
  const payoutParts: PayoutParts = {
    runner,
    clock,
    log,
    read,
    cycles,
    appraisals,
    appeals,
    organisation,
    privacy: texts,
    explain: (input) => scoring.explain(input),
  };
  return {
    scoring,
    rehearsals: makeRehearsals(core, readers),
    schemeDesk: createSchemeDesk({ runner, organisation, life: readers.schemeLife }),
    appealDesk: createAppealDesk({ runner, ids, organisation, appraisals, cycles, facts, vault }),
    people: createPeopleImports({ runner, streams: log, known: createKnownPeopleQuery(read), reader: organisation, texts, ids }),
    targetImports: createTargetImports({ runner, log, store: createTargetStore(read), organisation, texts }),
    factImports: createFactImports({ runner, log, store: createFactStore(read), facts, organisation, texts }),
    cycleStart: createCycleStart({
      runner,
      log,
      read,
      clock,
      organisation,
      cycles,
      appraisals,
      schemeVersions: schemes,
      schemes: schemeSource,
      waitsFor: organisationProjections,
    }),
    cyclePhases: createCyclePhases({ runner, log, read, organisation, appraisals, appeals, payouts, settledBy: CLOSING_WAITS }),
    cycleReminders: createCycleReminders({ runner, organisation, owed: (query) => remindableOf({ read, cycles }, query) }),
    sweeps: createCycleSweeps({
      runner,
      clock,
      read,
      log,
      registry,
      cycles,
      organisation,
      appraisals,
      schemes: schemeSource,
      scoring,
      texts,
      waitsFor: SWEEP_READS,
    }),
    raters: createRaters({ runner, cycles, organisation, schemes: schemeSource, texts, ids }),
    acts: createAppraisalActs({
      runner,
      log,
      cycles,
      organisation,
      schemes: schemeSource,
      scoring,
      texts,
      appeals,
      reach: async (position) => {
        for (const { name } of [...SWEEP_READS, ...cycleProjections, ...appraisalProjections])
          await read.waitForProjection(name, position, SCORE_WAIT_MS);
      },
    }),
    appealWork: createAppealWork({ runner, clock, ids, organisation, appraisals, amend: (input) => scoring.amend(input) }),
    payoutDesk: createPayoutDesk(payoutParts),
    depositDesk: createDepositDesk({ ...payoutParts, schemes: schemeSource, texts }),
    payoutWork: createPayoutWork(payoutParts),
    coachingDesk: createCoachingDesk({ runner, organisation }),
    coachingWork: createCoachingWork({ runner, clock }),
  };
}

/** What a rehearsal takes its people, facts and results from. */
const REHEARSAL_READS = ['cycle', 'appraisal', 'appraisal_result', 'scheme_version'] as const;
const REHEARSAL_WAIT_MS = 30_000;

function makeRehearsals({ log, readDb }: Core, readers: Readers): Rehearsals {
  const { organisation, facts, cycles, appraisals, schemes, schemeSource: source } = readers;
  return createRehearsals({
    organisation,
    cycles,
    appraisals,
    schemes,
    source,
    trials: createTrialInputs({ facts, appraisals }),
    head: async () => (await log.head()).position,
    async seen(position) {
      for (const name of [...SWEEP_READS.map((projection) => projection.name), ...REHEARSAL_READS])
        await readDb.waitForProjection(name, position, REHEARSAL_WAIT_MS);
    },
  });
}

function makeReactors(core: Core, readers: Readers, { scoring }: Services): readonly AnyReactor[] {
  const { appraisals, appeals, cycles, organisation, schemeSource } = readers;
  return [
    ...cycleReactors(),
    ...appraisalReactors({ scoring, schemes: schemeSource, texts: core.privacy }),
    ...correctionReactors({
      scoring,
      schemes: schemeSource,
      facts: readers.facts,
      targets: readers.targets,
      cycles,
      appraisals,
      log: core.log,
      registry: core.registry,
      waitsFor: [...SWEEP_READS, ...cycleProjections, ...appraisalProjections],
    }),
    ...payoutReactors({ appraisals, appeals, explain: (input) => scoring.explain(input) }),
    ...coachingReactors({ appraisals, cycles, organisation }),
  ];
}
